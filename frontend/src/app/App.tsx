import { whenSignedOut } from '@shared/api/http';
import { LiveContext, newLiveClient } from '@shared/live/useStream';
import { usePreferences } from '@shared/preferences';
import { sessionQuery } from '@shared/session/session';
import { DARK, LIGHT } from '@shared/theme/palette';
import { PaletteContext, themeOf, useDark, useReducedMotion } from '@shared/theme/theme';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntdApp, ConfigProvider } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { speak } from './i18n/i18n';
import type { LanguagePack } from './i18n/pack';
import { Panels } from './panels';
import { queries, router } from './router';

const live = newLiveClient(() => void queries.invalidateQueries());

whenSignedOut(() => {
  live.close();
  queries.removeQueries(sessionQuery);
  if (!['/sign-in', '/invitation'].includes(router.state.location.pathname))
    void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } });
});

/** Two Chinese characters are a word, not two. */
const NO_SPACES = { autoInsertSpace: false };

export function App() {
  const { language, density } = usePreferences();
  const dark = useDark();
  const motion = !useReducedMotion();
  const [pack, setPack] = useState<LanguagePack | null>(null);
  useEffect(() => {
    let wanted = true;
    void speak(language).then((spoken) => wanted && setPack(spoken));
    return () => {
      wanted = false;
    };
  }, [language]);
  const palette = dark ? DARK : LIGHT;
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  const theme = useMemo(() => themeOf(palette, density, motion), [palette, density, motion]);
  if (!pack) return null;
  return (
    <ConfigProvider
      button={NO_SPACES}
      theme={theme}
      locale={pack.antd}
      componentSize={density === 'compact' ? 'medium' : 'large'}
    >
      <PaletteContext value={palette}>
        <QueryClientProvider client={queries}>
          <LiveContext value={live}>
            <AntdApp message={{ maxCount: 3 }} notification={{ placement: 'bottomRight' }}>
              <Panels>
                <RouterProvider router={router} />
              </Panels>
            </AntdApp>
          </LiveContext>
        </QueryClientProvider>
      </PaletteContext>
    </ConfigProvider>
  );
}
