/** Signing in and second factors: django-allauth's headless addresses, and what a browser must do for a passkey. */
import { http, type Page, send } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

const SIGNING_IN = '/_allauth/browser/v1';

export type OpenSession = Of<'SessionOutput'>;

export interface Factor {
  type: 'totp' | 'webauthn' | 'recovery_codes';
  /** Seconds since 1970. */
  created_at: number;
  last_used_at: number | null;
  id?: number;
  name?: string;
  is_passwordless?: boolean;
  unused_code_count?: number;
  unused_codes?: string[];
}

/** A way on, as the server names it: what is asked next, or how to prove once more who one is. */
export interface Flow {
  id: string;
  is_pending?: boolean;
  types?: Factor['type'][];
  providers?: string[];
}

interface Answer<Data, Meta = unknown> {
  data: Data;
  meta: Meta;
}

const document = async <Data, Meta = unknown>(method: string, path: string, body?: unknown) => {
  const response = await send(method, SIGNING_IN + path, body === undefined ? {} : { body });
  return (await response.json()) as Answer<Data, Meta>;
};

/** The ways on that a refusal names; none when it is a refusal of another kind. */
export function flowsOf(error: unknown): Flow[] {
  if (!isProblem(error) || error.status !== 401) return [];
  const { data } = error.document as { data?: { flows?: Flow[] } };
  return data?.flows ?? [];
}

/** Whether a code is asked for after the password. */
export const pendingFactors = (error: unknown): Factor['type'][] | null =>
  flowsOf(error).find(({ id, is_pending }) => id === 'mfa_authenticate' && is_pending)?.types ?? null;

export const signing = {
  /** Who is signed in; also brings the cookie that a form must prove it has. */
  session: () => document('GET', '/auth/session'),
  byPassword: (credentials: { email: string; password: string }) => document('POST', '/auth/login', credentials),
  byCode: (code: string) => document('POST', '/auth/2fa/authenticate', { code }),
  byPasskey: async () => {
    const credential = await askPasskey('/auth/webauthn/login');
    return document('POST', '/auth/webauthn/login', { credential });
  },
  byKeyAfterPassword: async () => {
    const credential = await askPasskey('/auth/webauthn/authenticate');
    return document('POST', '/auth/webauthn/authenticate', { credential });
  },
};

/** Proving once more who one is, before what must not be done by somebody at an unlocked screen. */
export const proving = {
  byPassword: (password: string) => document('POST', '/auth/reauthenticate', { password }),
  byCode: (code: string) => document('POST', '/auth/2fa/reauthenticate', { code }),
  byPasskey: async () => {
    const credential = await askPasskey('/auth/webauthn/reauthenticate');
    return document('POST', '/auth/webauthn/reauthenticate', { credential });
  },
};

export const factors = {
  all: async () => (await document<Factor[]>('GET', '/account/authenticators')).data,
  /** A fresh key for an authenticator app. */
  newKey: async (): Promise<{ secret: string; totp_url: string }> => {
    try {
      await send('GET', `${SIGNING_IN}/account/authenticators/totp`);
    } catch (error) {
      // 404 is how the server says that there is none yet, and which key a new one would have.
      if (isProblem(error) && error.status === 404) return error.document.meta as { secret: string; totp_url: string };
      throw error;
    }
    throw new Error('there is one already');
  },
  addApp: (code: string) => document('POST', '/account/authenticators/totp', { code }),
  removeApp: () => document('DELETE', '/account/authenticators/totp'),
  newCodes: async () =>
    (await document<Factor>('POST', '/account/authenticators/recovery-codes', {})).data.unused_codes ?? [],
  addPasskey: async (name: string) => {
    const { data } = await document<{ creation_options: { publicKey: PublicKeyCredentialCreationOptionsJSON } }>(
      'GET',
      '/account/authenticators/webauthn?passwordless',
    );
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(data.creation_options.publicKey);
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
    return document<Factor>('POST', '/account/authenticators/webauthn', { name, credential: made?.toJSON() });
  },
  rename: (id: number, name: string) => document('PUT', '/account/authenticators/webauthn', { id, name }),
  removePasskey: (id: number) => document('DELETE', '/account/authenticators/webauthn', { authenticators: [id] }),
};

async function askPasskey(path: string) {
  const { data } = await document<{ request_options: { publicKey: PublicKeyCredentialRequestOptionsJSON } }>(
    'GET',
    path,
  );
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(data.request_options.publicKey);
  const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
  return found?.toJSON();
}

/** Whether this browser, at this address, knows passkeys. They belong to a name: an address of numbers has none. */
export const passkeys = (): 'here' | 'needs-name' | 'none' => {
  if (/^[\d.]+$|^\[/.test(location.hostname)) return 'needs-name';
  return typeof PublicKeyCredential !== 'undefined' && 'parseCreationOptionsFromJSON' in PublicKeyCredential
    ? 'here'
    : 'none';
};

/** Somebody who closes the browser's dialog has changed their mind; that is no failure. */
export const isChangeOfMind = (error: unknown) =>
  error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);

export const FACTORS = ['me', 'factors'] as const;

export const factorsQuery = queryOptions({ queryKey: FACTORS, queryFn: factors.all });

export const sessionsQuery = (view: ListSearch) =>
  queryOptions({
    queryKey: ['me', 'sessions', view],
    queryFn: ({ signal }) => http.get<Page<OpenSession>>('/me/sessions/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });
