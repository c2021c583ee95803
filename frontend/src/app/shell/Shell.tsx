/** The frame of all pages: header, navigation by what people do, content. */
import { MenuOutlined } from '@ant-design/icons';
import { rememberPlace } from '@shared/preferences';
import { usePlace } from '@shared/session/place';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Button, Drawer, Grid, Layout } from 'antd';
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
import { useShortcuts } from './useShortcuts';

const Palette = lazy(() => import('./Palette'));
const Shortcuts = lazy(() => import('./Shortcuts'));

export function Shell() {
  const { t } = useTranslation('shell');
  const wide = Grid.useBreakpoint().lg ?? true;
  const [drawer, setDrawer] = useState(false);
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts' | null>(null);
  useShortcuts(setOverlay);
  useRememberedPlace();
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when the page changes.
  useEffect(() => setDrawer(false), [path]);

  return (
    <Layout className="shell">
      <Layout.Header className="shell-header">
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
      </Layout.Header>
      <Layout>
        {wide ? (
          <Layout.Sider width={200} className="shell-sider">
            <Navigation />
          </Layout.Sider>
        ) : (
          <Drawer open={drawer} onClose={() => setDrawer(false)} placement="left" size={260} title={t('menu')}>
            <Navigation />
          </Drawer>
        )}
        <Layout.Content className="shell-content">
          <Notices />
          <main id="content" tabIndex={-1}>
            <Outlet />
          </main>
        </Layout.Content>
      </Layout>
      <Suspense>
        {overlay === 'palette' ? <Palette onClose={() => setOverlay(null)} /> : null}
        {overlay === 'shortcuts' ? <Shortcuts onClose={() => setOverlay(null)} /> : null}
      </Suspense>
    </Layout>
  );
}

function useRememberedPlace() {
  const { tenant, project } = usePlace();
  useEffect(() => {
    if (tenant && project) rememberPlace(tenant.slug, project.slug);
  }, [tenant, project]);
}
