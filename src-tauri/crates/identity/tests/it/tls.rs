//! Attacks 25 and 26 for sign-in: something that answers in the service's place gets nothing, and is named.

use std::sync::Arc;

use identity::{Authority, Cloud, IdentityError, SignIn, explain};
use net::NetError;
use net::http::{ClientOptions, ProxySource};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::browsers;
use crate::clock::TestClock;
use crate::sign_in::request;

/// A TLS server for `localhost` under an authority that nobody installed, and that authority's certificate.
async fn inspecting_proxy() -> (u16, Vec<u8>) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "Contoso Web Filter");
    let key = KeyPair::generate().unwrap();
    let root = params.self_signed(&key).unwrap().der().to_vec();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".into()]).unwrap();
    let certificate = CertificateDer::from(params.signed_by(&key, &issuer).unwrap().der().to_vec());
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut head = [0_u8; 4096];
            let _ = stream.read(&mut head).await;
            let page = "<!doctype html><p>Agree to the terms of this network";
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{page}", page.len());
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    (port, root)
}

async fn sign_in(port: u16, extra_roots: Vec<Vec<u8>>) -> IdentityError {
    let base = format!("https://localhost:{port}/");
    let cloud = Cloud::on_this_computer("inspected", &base, &base, &base).unwrap();
    let options = ClientOptions { extra_roots, proxy: ProxySource::Direct, ..ClientOptions::new("test") };
    let authority = Authority::new(cloud, net::http::client(&options).unwrap(), TestClock::new().as_clock());
    let (browser, mut opened) = browsers::handed_over();
    let error = SignIn::start(authority, request(), browser).outcome.await.unwrap_err();
    assert!(opened.try_recv().is_err(), "no browser before the service is known to be true");
    error
}

#[tokio::test]
async fn an_inspecting_proxy_is_refused_and_named() {
    let (port, _) = inspecting_proxy().await;
    let error = sign_in(port, vec![]).await;
    let issuer = Some("Contoso Web Filter".to_owned());
    assert!(
        matches!(&error, IdentityError::Net(NetError::TlsUntrusted { issuer: found }) if *found == issuer),
        "{error:?}"
    );
    let explained = explain::error(&error);
    assert!(explained.why.contains("Contoso Web Filter"), "{explained:?}");
}

/// Row 33: trusted, but a guest network's page and no sign-in service.
#[tokio::test]
async fn a_guest_networks_page_is_told_as_such() {
    let (port, root) = inspecting_proxy().await;
    let error = sign_in(port, vec![root]).await;
    assert!(matches!(error, IdentityError::Net(NetError::WebPage)), "{error:?}");
    assert_eq!(explain::error(&error).action, Some(explain::NextStep::CheckNetwork));
}
