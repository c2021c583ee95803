/** The frame of all pages: header, navigation by what people do, content. */
import { MenuOutlined } from '@ant-design/icons';
import { http } from '@shared/api/http';
import { rememberPlace } from '@shared/preferences';
import { usePlace } from '@shared/session/place';
import { sessionQuery } from '@shared/session/session';
import { useMedia } from '@shared/theme/theme';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Bell } from './Bell';
import { LanguageButton } from './LanguageButton';
import { LiveBadge } from './LiveBadge';
import { Logo } from './Logo';
import { MeMenu } from './MeMenu';
import { Navigation } from './Navigation';
import { Notices } from './Notices';
import { PaletteButton } from './PaletteButton';
import { PlaceSwitcher } from './PlaceSwitcher';
import { Uploads } from './Uploads';
import { useShortcuts } from './useShortcuts';

const NarrowMenu = lazy(() => import('./NarrowMenu'));
const Palette = lazy(() => import('./Palette'));
const Shortcuts = lazy(() => import('./Shortcuts'));

export function Shell() {
  const { t } = useTranslation('shell');
  const wide = useMedia('(min-width: 992px)');
  const [drawer, setDrawer] = useState(false);
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts' | null>(null);
  useShortcuts(setOverlay);
  useRememberedPlace();
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when the page changes.
  useEffect(() => setDrawer(false), [path]);

  return (
    <div className="shell">
      <header className="shell-header">
        {wide ? null : (
          <Button type="text" icon={<MenuOutlined />} aria-label={t('menu')} onClick={() => setDrawer(true)} />
        )}
        <Logo />
        <PlaceSwitcher />
        <PaletteButton onOpen={() => setOverlay('palette')} />
        <div className="shell-tools">
          <LiveBadge />
          <Bell />
          <LanguageButton />
          <MeMenu onShortcuts={() => setOverlay('shortcuts')} />
        </div>
      </header>
      <div className="shell-body">
        {wide ? (
          <div className="shell-sider">
            <Navigation />
          </div>
        ) : (
          <Suspense>
            <NarrowMenu open={drawer} onClose={() => setDrawer(false)} />
          </Suspense>
        )}
        <div className="shell-content">
          <Notices />
          <main id="content" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
      <Uploads />
      <Suspense>
        {overlay === 'palette' ? <Palette onClose={() => setOverlay(null)} /> : null}
        {overlay === 'shortcuts' ? <Shortcuts onClose={() => setOverlay(null)} /> : null}
      </Suspense>
    </div>
  );
}

function useRememberedPlace() {
  const { session, tenant, project } = usePlace();
  const cache = useQueryClient();
  const kept = session.user.last_project_id;
  const mayKeep = !session.viewer;
  useEffect(() => {
    if (!tenant || !project) return;
    rememberPlace(tenant.slug, project.slug);
    if (!mayKeep || kept === project.id) return;
    cache.setQueryData(
      sessionQuery.queryKey,
      (me) => me && { ...me, user: { ...me.user, last_project_id: project.id } },
    );
    // Lost, it costs a click at the next sign-in.
    http.put('/me/place/', { project: project.id }, { etag: '*' }).catch(() => undefined);
  }, [tenant, project, kept, mayKeep, cache]);
}
