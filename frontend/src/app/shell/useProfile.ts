/** What a person chooses in the header also goes with their account, so that the next browser knows it. */
import { etagOf, http } from '@shared/api/http';
import { type Language, languageCode, type Theme } from '@shared/preferences';
import { type Session, sessionQuery } from '@shared/session/session';
import { useMutation, useQueryClient } from '@tanstack/react-query';

export function useProfile() {
  const cache = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ language, theme }: { language?: Language; theme?: Theme }) => {
      const session = cache.getQueryData(sessionQuery.queryKey);
      if (!session) return Promise.resolve(null);
      const change = { ...(language ? { language: languageCode(language) } : {}), ...(theme ? { theme } : {}) };
      return http.patch<Session>('/me/', change, { etag: etagOf(session.user) });
    },
    onSuccess: (session) => session && cache.setQueryData(sessionQuery.queryKey, session),
    // The choice holds in this browser all the same; the newest profile is read before the next one is sent.
    onError: () => cache.invalidateQueries(sessionQuery),
  });
  return mutate;
}
