// msal-node, unmodified, against the practice tenant.

import { ConfidentialClientApplication, PublicClientApplication } from "@azure/msal-node";

const base = process.env.PRACTICE_BASE;
const tenant = process.env.PRACTICE_TENANT;
const admin = process.env.PRACTICE_ADMIN;
const graphCommandLine = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const graphId = "00000003-0000-0000-c000-000000000000";
const authority = `${base}/${tenant}`;
const knownAuthorities = [new URL(base).host];
const scopes = ["User.Read", "Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"];

function check(name, condition, detail) {
  console.log(condition ? `ok node: ${name}` : `failed node: ${name}: ${JSON.stringify(detail)}`);
  if (!condition) process.exit(1);
}

async function graph(token, method, path, body) {
  const answer = await fetch(`${base}/v1.0${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  check(`${method} ${path.split("?")[0]}`, answer.ok, `${answer.status} ${text}`);
  return text && JSON.parse(text);
}

async function interactive() {
  const app = new PublicClientApplication({ auth: { clientId: graphCommandLine, authority, knownAuthorities } });
  const result = await app.acquireTokenInteractive({
    scopes,
    prompt: "select_account",
    openBrowser: async (url) => console.log(`open ${admin} ${url}`),
  });
  check("interactive sign-in", result.account?.username === admin && result.tenantId === tenant, result);
  const silent = await app.acquireTokenSilent({ scopes, account: result.account });
  check("silent from the cache", silent.fromCache, silent);
  const renewed = await app.acquireTokenSilent({ scopes, account: result.account, forceRefresh: true });
  check("silent with the refresh token", !renewed.fromCache && renewed.accessToken !== result.accessToken, renewed);
  return result.accessToken;
}

async function byItself(token) {
  const created = await graph(token, "POST", "/applications", { displayName: "Node client", signInAudience: "AzureADMyOrg" });
  const secret = await graph(token, "POST", `/applications/${created.id}/addPassword`, {});
  await graph(token, "POST", "/servicePrincipals", { appId: created.appId });
  const resource = await graph(token, "GET", `/servicePrincipals(appId='${graphId}')?$select=id,displayName`);
  check("the resource", resource.displayName === "Microsoft Graph", resource);
  const app = new ConfidentialClientApplication({
    auth: { clientId: created.appId, authority, knownAuthorities, clientSecret: secret.secretText },
  });
  const result = await app.acquireTokenByClientCredential({ scopes: [`${base}/.default`] });
  check("client credentials", Boolean(result?.accessToken), result);
  const again = await app.acquireTokenByClientCredential({ scopes: [`${base}/.default`] });
  check("client credentials from the cache", again.fromCache, again);
}

await byItself(await interactive());
