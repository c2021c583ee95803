/** How one signs in here: what strangers may know, and what they may ask for. */
import { http, send } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import { queryOptions } from '@tanstack/react-query';

export const waysQuery = queryOptions({
  queryKey: ['ways-in'],
  queryFn: ({ signal }) => http.get<Of<'WaysInOutput'>>('/sign-in/', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Leave for the provider's own page; it sends the browser back. */
export async function leaveFor(provider: string, next: string | undefined): Promise<void> {
  const body = { provider, ...(next ? { next } : {}) };
  const response = await send('POST', '/_allauth/browser/v1/auth/provider/begin', { body });
  const { address } = (await response.json()) as { address: string };
  location.assign(address);
}

export const resets = {
  ask: (email: string) => send('POST', '/password-resets/', { body: { email } }),
  redeem: (key: string, password: string) => send('POST', '/password-resets/redeem/', { body: { key, password } }),
};
