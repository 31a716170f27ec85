//! Attacks 25 and 26: certificates that must not be believed, and a company's own authority that must.

use std::sync::Arc;

use net::NetError;
use net::http::{ClientOptions, ProxySource};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::AsyncWriteExt as _;
use tokio_rustls::TlsAcceptor;

use crate::server::{head, serve};

struct Authority {
    root: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
}

fn authority() -> Authority {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "Contoso Web Filter");
    let key = KeyPair::generate().unwrap();
    let root = params.self_signed(&key).unwrap().der().to_vec();
    Authority { root, issuer: Issuer::new(params, key) }
}

/// A TLS server whose certificate is for `name` and changed by `change`; its port.
async fn server(authority: &Authority, name: &str, change: impl FnOnce(&mut CertificateParams)) -> u16 {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateDer::from(params.signed_by(&key, &authority.issuer).unwrap().der().to_vec());
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let address = serve(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            head(&mut stream).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;
            let _ = stream.shutdown().await;
        }
    })
    .await;
    address.port()
}

fn trusting(roots: Vec<Vec<u8>>) -> reqwest::Client {
    net::http::client(&ClientOptions {
        extra_roots: roots,
        proxy: ProxySource::Direct,
        ..ClientOptions::new("test")
    })
    .unwrap()
}

async fn get(client: &reqwest::Client, port: u16) -> Result<u16, NetError> {
    Ok(client.get(format!("https://localhost:{port}/")).send().await?.status().as_u16())
}

#[tokio::test]
async fn an_authority_that_was_installed_is_trusted() {
    let authority = authority();
    let port = server(&authority, "localhost", |_| {}).await;
    assert_eq!(get(&trusting(vec![authority.root]), port).await, Ok(200));
}

#[tokio::test]
async fn an_unknown_authority_is_refused_and_named() {
    let port = server(&authority(), "localhost", |_| {}).await;
    let error = get(&trusting(vec![]), port).await.unwrap_err();
    assert_eq!(error, NetError::TlsUntrusted { issuer: Some("Contoso Web Filter".into()) });
    assert!(error.is_before_send());
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let authority = authority();
    let port = server(&authority, "login.example", |_| {}).await;
    let error = get(&trusting(vec![authority.root]), port).await.unwrap_err();
    assert!(matches!(error, NetError::TlsUntrusted { .. }), "{error:?}");
}

#[tokio::test]
async fn an_expired_or_future_certificate_points_to_the_clock() {
    let authority = authority();
    let client = trusting(vec![authority.root.clone()]);
    let expired = server(&authority, "localhost", |params| {
        params.not_before = rcgen::date_time_ymd(2001, 1, 1);
        params.not_after = rcgen::date_time_ymd(2002, 1, 1);
    })
    .await;
    assert_eq!(get(&client, expired).await, Err(NetError::TlsDates));
    let future = server(&authority, "localhost", |params| {
        params.not_before = rcgen::date_time_ymd(3001, 1, 1);
        params.not_after = rcgen::date_time_ymd(3002, 1, 1);
    })
    .await;
    assert_eq!(get(&client, future).await, Err(NetError::TlsDates));
}

#[tokio::test]
async fn a_server_that_offers_only_tls_1_0_is_refused() {
    // A ServerHello that picks version 3.1, as a TLS 1.0 server answers.
    let mut hello = vec![0x16, 0x03, 0x01, 0x00, 0x2a, 0x02, 0x00, 0x00, 0x26, 0x03, 0x01];
    hello.extend_from_slice(&[7; 32]);
    hello.extend_from_slice(&[0x00, 0x00, 0x2f, 0x00]);
    let address = serve(move |mut stream| {
        let hello = hello.clone();
        async move {
            let _ = stream.write_all(&hello).await;
            let mut rest = Vec::new();
            let _ = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut rest).await;
        }
    })
    .await;
    assert_eq!(get(&trusting(vec![]), address.port()).await, Err(NetError::TlsOther));
}

#[tokio::test]
async fn a_root_that_is_no_certificate_is_refused_at_once() {
    let options = ClientOptions { extra_roots: vec![b"junk".to_vec()], ..ClientOptions::new("test") };
    assert!(matches!(net::http::client(&options), Err(net::http::ClientError::TrustStore(_))));
}
