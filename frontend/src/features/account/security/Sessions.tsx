import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { type OpenSession, sessionsQuery } from './api';
import './words';

const SESSIONS = ['me', 'sessions'] as const;

/** Where one is signed in. */
export function Sessions() {
  const { t } = useTranslation('security');
  const key = useKey();
  const { modal } = App.useApp();
  const [view] = useView<ListSearch>();
  const query = useQuery(sessionsQuery(view));
  const end = useAct<OpenSession>({
    act: ({ id }) => http.delete(`/me/sessions/${id}/`),
    done: t('sessions.ended'),
    changes: [SESSIONS],
  });
  const endOthers = useAct({
    act: () => http.post('/me/sessions/end-others/', {}),
    done: t('sessions.othersEnded'),
    changes: [SESSIONS],
  });
  const nameOf = ({ browser, system }: OpenSession) =>
    system ? t('sessions.on', { browser: browser || t('sessions.unknown'), system }) : browser || t('sessions.unknown');
  const columns: Column<OpenSession>[] = [
    {
      key: 'browser',
      title: t('sessions.browser'),
      always: true,
      render: (session) => (
        <Flex gap={8} align="center">
          {nameOf(session)}
          {session.is_this ? <Tag>{t('sessions.this')}</Tag> : null}
        </Flex>
      ),
    },
    { key: 'address', title: t('sessions.address'), render: ({ address }) => <code className="mono">{address}</code> },
    {
      key: 'how',
      title: t('sessions.how'),
      render: ({ opened_with, second_factor }) =>
        [
          opened_with && key(`security:sessions.${opened_with}`, { fallback: opened_with }),
          second_factor && opened_with !== 'passkey' && t('sessions.second'),
        ]
          .filter(Boolean)
          .join(' ') || '—',
    },
    { key: 'since', title: t('sessions.since'), render: ({ created_at }) => <RelativeTime at={created_at} /> },
    { key: 'seen', title: t('sessions.seen'), render: ({ last_seen_at }) => <RelativeTime at={last_seen_at} /> },
    {
      key: 'acts',
      title: '',
      always: true,
      render: (session) =>
        session.is_this ? null : (
          <Flex justify="flex-end">
            <Button
              size="small"
              type="text"
              danger
              aria-label={t('sessions.endOne', { browser: nameOf(session) })}
              onClick={() => end.mutate(session)}
            >
              {t('sessions.end')}
            </Button>
          </Flex>
        ),
    },
  ];
  const ask = () =>
    modal.confirm({
      title: t('sessions.endOthers'),
      content: t('sessions.endOthersText'),
      okText: t('sessions.endOthers'),
      okButtonProps: { danger: true },
      onOk: () => endOthers.mutateAsync().catch(() => undefined),
    });
  const others = (query.data?.count ?? 0) > 1;
  return (
    <section aria-labelledby="sessions">
      <Flex justify="space-between" align="center">
        <h2 id="sessions" className="section-title">
          {t('sessions.title')}
        </h2>
        {others ? <Button onClick={ask}>{t('sessions.endOthers')}</Button> : null}
      </Flex>
      <ResourceTable
        name="sessions"
        label={t('sessions.title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        empty={null}
      />
    </section>
  );
}
