// An issuer of OpenID Connect at a free port of this machine, which it prints, until its input ends.
// oidc-provider is in the folder that the first argument names.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const { default: Provider } = await import(
  pathToFileURL(`${process.argv[2]}/node_modules/oidc-provider/lib/index.js`));

const PAGES = 'piecrust-lab';
const ELSEWHERE = 'another-client';
const ROLES = ['viewer', 'operator', 'admin', 'cook'];
const PEOPLE = { ada: ['operator'], ben: ['viewer'], cleo: ['admin'], dora: ['cook'] };

/** What a token for a resource says otherwise than others do; the keys are addresses of resources. */
const now = () => Math.floor(Date.now() / 1000);
const CHANGES = {
  'urn:piecrust': () => ({}),
  'urn:piecrust:elsewhere': () => ({ aud: ELSEWHERE }),
  'urn:piecrust:expired': () => ({ iat: now() - 900, exp: now() - 600 }),
  'urn:piecrust:early': () => ({ nbf: now() + 600 }),
  'urn:piecrust:foreign': () => ({ iss: 'http://127.0.0.1:1' }),
};

function key() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'of-this-issuer' };
}

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const address = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(address, {
  clients: [
    {
      client_id: PAGES,
      client_secret: process.env.ISSUER_SECRET,
      application_type: 'native', // at any port of this machine
      redirect_uris: ['http://127.0.0.1/enter/openid'],
    },
    ...ROLES.map((role) => ({
      client_id: `${role}-program`,
      client_secret: process.env.ISSUER_SECRET,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    })),
  ],
  jwks: { keys: [key()] },
  claims: { openid: ['sub', 'preferred_username'] },
  cookies: { keys: [process.env.ISSUER_SECRET] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:piecrust',
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: '', audience: PAGES, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  extraTokenClaims: (context, token) => token.accountId
    ? { preferred_username: token.accountId, roles: PEOPLE[token.accountId] }
    : { roles: [token.clientId.replace('-program', '')] },
  formats: {
    customizers: {
      jwt: (context, token, jwt) => {
        Object.assign(jwt.payload, CHANGES[token.resourceServer.identifier()]());
      },
    },
  },
  findAccount: (context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: id }),
  }),
  // Whoever signs in lets PieCrust know who they are: nobody is asked.
  loadExistingGrant: async (context) => {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope('openid');
    grant.addResourceScope('urn:piecrust', '');
    await grant.save();
    return grant;
  },
  interactions: { url: (context, interaction) => `/sign-in/${interaction.uid}` },
});

const FORM = `<!doctype html><title>Issuer</title><form method="post">
<label>Name <input name="name"></label><button name="act" value="in">Sign in at the issuer</button>
<button name="act" value="no">Refuse</button></form>`;

async function signIn(request, response) {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html');
    response.end(FORM);
    return;
  }
  let body = '';
  for await (const part of request) body += part;
  const given = new URLSearchParams(body);
  const known = given.get('act') === 'in' && PEOPLE[given.get('name')];
  await provider.interactionFinished(request, response, known
    ? { login: { accountId: given.get('name') }, consent: {} }
    : { error: 'access_denied', error_description: 'nobody signed in' });
}

const protocol = provider.callback();
server.on('request', (request, response) => {
  if (!request.url.startsWith('/sign-in/')) {
    protocol(request, response);
    return;
  }
  signIn(request, response).catch((failure) => {
    console.error(failure);
    response.writeHead(500).end();
  });
});
process.stdin.on('end', () => process.exit()).resume();
console.log(`issuer ${address}`);
