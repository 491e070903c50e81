// An OpenID provider for a test: it lets everybody in under the name that is typed. Prints its address, and ends with its input.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
// The lines are the test's: what the library prints of its defaults does not belong there.
console.info = console.warn = () => {};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'explorer',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  pkce: { required: () => true },
  clientBasedCORS: () => true,
  issueRefreshToken: () => true,
  // A token lives for half a minute and some seconds: the page renews it half a minute before it ends.
  ttl: { AccessToken: 38, RefreshToken: 600, Grant: 600, Session: 600, Interaction: 600, IdToken: 600 },
  features: {
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'https://kith.example/graphql',
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'openid offline_access', audience: 'kith', accessTokenFormat: 'jwt', accessTokenTTL: 38 }),
    },
  },
  extraTokenClaims: () => ({ roles: ['writer'], purposes: ['SALES', 'MARKETING'] }),
  cookies: { keys: ['a key of a test'] },
});
// The port of the explorer is another in each run.
provider.Client.prototype.redirectUriAllowed = (uri) => uri.startsWith('http://127.0.0.1:');
let renewals = 0;
provider.on('grant.success', (ctx) => ctx.oidc.params.grant_type === 'refresh_token' && renewals++);

server.on('request', (request, response) => {
  if (request.url === '/renewals') response.end(String(renewals));
  else provider.callback()(request, response);
});
process.stdout.write(`${issuer}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit());
