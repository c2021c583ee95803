// A real OpenID Connect provider for the tests: `oidc-provider` on loopback, with its own pages for signing in.
// PEOPLE names a file that is read at each sign-in: {"people": {"<subject>": {claims}}, "fault": "<what to do wrong>"}.
import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import Provider from 'oidc-provider';

const { ISSUER, PORT, PEOPLE, REDIRECTS, SECRET, SIGNED_OUT } = process.env;
const world = () => JSON.parse(readFileSync(PEOPLE, 'utf8'));
const newKey = async () => (await generateKeyPair('RS256', { extractable: true })).privateKey;
const key = await newKey();

const provider = new Provider(ISSUER, {
  clients: [
    {
      client_id: 'hanse',
      client_secret: SECRET,
      redirect_uris: REDIRECTS.split(','),
      post_logout_redirect_uris: [SIGNED_OUT],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [{ ...(await exportJWK(key)), kid: 'first', alg: 'RS256', use: 'sig' }] },
  cookies: { keys: ['only for tests'] },
  scopes: ['openid', 'profile', 'email', 'groups'],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, id) => (world().people[id] ? { accountId: id, claims: () => ({ sub: id, ...world().people[id] }) } : undefined),
});

/** What each fault makes of an ID token that was right. */
const FAULTS = {
  nonce: (claims) => ({ ...claims, nonce: 'of another attempt' }),
  audience: (claims) => ({ ...claims, aud: 'another-client' }),
  issuer: (claims) => ({ ...claims, iss: 'https://login.evil.example' }),
  expired: (claims) => ({ ...claims, iat: claims.iat - 7200, exp: claims.iat - 3600 }),
  party: (claims) => ({ ...claims, azp: 'another-client' }),
  subject: (claims) => ({ ...claims, sub: 'somebody-else' }),
};
const SIGNED = {
  signature: async (claims) => sign(claims, await newKey()),
  unsigned: async (claims) => `${part({ alg: 'none' })}.${part(claims)}.`,
  'shared-secret': (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET)),
};
const part = (document) => Buffer.from(JSON.stringify(document)).toString('base64url');
const sign = (claims, by) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'first' }).sign(by);

provider.use(async (context, next) => {
  await next();
  const { fault } = world();
  if (context.path !== '/token' || !fault || !context.body?.id_token) return;
  const claims = JSON.parse(Buffer.from(context.body.id_token.split('.')[1], 'base64url').toString());
  const id_token = SIGNED[fault] ? await SIGNED[fault](claims) : await sign(FAULTS[fault](claims), key);
  context.body = { ...context.body, id_token };
});

provider.listen(Number(PORT), '127.0.0.1');
