import { send } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';

/** End the session. Answers where to go on to be signed out by the provider of single sign-on too, if that is wanted. */
export async function signOut(): Promise<string | null> {
  try {
    await send('DELETE', '/_allauth/browser/v1/auth/session');
  } catch (error) {
    // 401 is how the server says that the session has ended.
    if (!isProblem(error) || error.status !== 401) throw error;
    const { address } = (error.document.data ?? {}) as { address?: string };
    return address ?? null;
  }
  return null;
}
