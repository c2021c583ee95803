import { UserOutlined } from '@ant-design/icons';
import { useAct } from '@shared/api/useAct';
import { useKey } from '@shared/i18n/key';
import { useLive } from '@shared/live/useStream';
import { prefer, type Theme, usePreferences } from '@shared/preferences';
import { useSession } from '@shared/session/session';
import { signOut } from '@shared/session/signOut';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProfile } from './useProfile';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function MeMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslation('shell');
  const key = useKey();
  const { user, version } = useSession();
  const { theme } = usePreferences();
  const keep = useProfile();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const items: MenuProps['items'] = [
    { key: 'who', type: 'group', label: `${user.name} · ${user.email}` },
    { key: 'profile', label: t('me.profile'), onClick: () => void navigate({ to: '/me' }) },
    { key: 'security', label: key('account:security'), onClick: () => void navigate({ to: '/me/security' }) },
    { key: 'tokens', label: t('me.tokens'), onClick: () => void navigate({ to: '/me/tokens' }) },
    {
      key: 'theme',
      label: t('me.theme'),
      children: THEMES.map((choice) => ({
        key: choice,
        label: t(`theme.${choice}`),
        'aria-current': choice === theme,
        className: choice === theme ? 'chosen' : '',
        onClick: () => {
          prefer({ theme: choice });
          keep({ theme: choice });
        },
      })),
    },
    { key: 'shortcuts', label: t('me.shortcuts'), extra: '?', onClick: onShortcuts },
    { key: 'docs', label: <a href="/api/v1/docs/">{t('me.docs')}</a> },
    { type: 'divider' },
    { key: 'out', label: t('me.signOut'), onClick: () => signOut.mutate() },
    { key: 'version', type: 'group', label: t('me.version', { version }) },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" icon={<UserOutlined />} aria-label={t('me.menu', { name: user.name })}>
        <span className="wide-only">{user.name.split(' ')[0]}</span>
      </Button>
    </Dropdown>
  );
}

function useSignOut() {
  const cache = useQueryClient();
  const live = useLive();
  const navigate = useNavigate();
  return useAct({
    act: signOut,
    onDone: (address) => {
      live.close();
      if (address) return location.assign(address);
      void navigate({ to: '/sign-in' }).then(() => cache.clear());
    },
  });
}
