/** Ctrl-K: go anywhere and begin anything by typing a part of its name. */
import { http } from '@shared/api/http';
import { useKey } from '@shared/i18n/key';
import { prefer, usePreferences } from '@shared/preferences';
import { useStanding } from '@shared/session/place';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commandsAt, navigationAt } from './entries';
import { useProfile } from './useProfile';

interface Found {
  kind: string;
  id: string;
  title: string;
  subtitle: string;
  path: string;
}

const LEADER = 'g';

export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell');
  const key = useKey();
  const place = useStanding();
  const navigate = useNavigate();
  const { theme } = usePreferences();
  const keep = useProfile();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['search', search],
    queryFn: ({ signal }) => http.get<{ results: Found[] }>('/search/', { query: { q: search }, signal }),
    enabled: search.length > 1,
    placeholderData: keepPreviousData,
  });
  const go = (address: string) => {
    onClose();
    void navigate({ to: address });
  };
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => open || onClose()}
      label={t('palette.open')}
      overlayClassName="palette-overlay"
      contentClassName="palette"
    >
      <Command.Input value={typed} onValueChange={setTyped} placeholder={t('palette.placeholder')} />
      <Command.List label={t('palette.results')}>
        <Command.Empty>{found.isFetching ? t('palette.searching') : t('palette.nothing')}</Command.Empty>
        {search.length > 1 && found.data?.results.length ? (
          <Command.Group heading={t('palette.found')} forceMount>
            {found.data.results.map((one) => (
              <Command.Item key={one.kind + one.id} value={one.kind + one.id} forceMount onSelect={() => go(one.path)}>
                <span>{one.title}</span>
                <span className="muted">
                  {key(`shared:kind.${one.kind}`, { fallback: one.kind })} · {one.subtitle}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        <Command.Group heading={t('palette.do')}>
          {commandsAt(place).map((command) => (
            <Command.Item
              key={command.id}
              value={command.id}
              keywords={[key(command.label), command.keywords ?? '']}
              onSelect={() => go(command.address)}
            >
              {command.icon}
              <span>{key(command.label)}</span>
            </Command.Item>
          ))}
          {(['light', 'dark', 'system'] as const)
            .filter((choice) => choice !== theme)
            .map((choice) => (
              <Command.Item
                key={choice}
                value={`theme-${choice}`}
                keywords={[t('palette.theme', { theme: t(`theme.${choice}`) })]}
                onSelect={() => {
                  prefer({ theme: choice });
                  keep({ theme: choice });
                  onClose();
                }}
              >
                <span>{t('palette.theme', { theme: t(`theme.${choice}`) })}</span>
              </Command.Item>
            ))}
        </Command.Group>
        <Command.Group heading={t('palette.go')}>
          {navigationAt(place).map((entry) => (
            <Command.Item
              key={entry.id}
              value={entry.id}
              keywords={[key(entry.label)]}
              onSelect={() => go(entry.address)}
            >
              {entry.icon}
              <span>{key(entry.label)}</span>
              {entry.letter ? (
                <span className="palette-keys">
                  <kbd>{LEADER}</kbd>
                  <kbd>{entry.letter}</kbd>
                </span>
              ) : null}
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={t('palette.places')}>
          {place.session.tenants.slice(0, 50).flatMap((tenant) =>
            tenant.projects.map((project) => (
              <Command.Item
                key={project.id}
                value={project.id}
                keywords={[tenant.name, tenant.slug, project.name, project.slug]}
                onSelect={() => go(`/t/${tenant.slug}/p/${project.slug}`)}
              >
                <span>{project.name}</span>
                <span className="muted">{tenant.name}</span>
              </Command.Item>
            )),
          )}
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  );
}
