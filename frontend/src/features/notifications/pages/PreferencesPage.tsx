import { etagOf, http } from '@shared/api/http';
import { INBOX } from '@shared/api/notifications';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Flex, Select, Switch, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Choices, choicesQuery, type Kind, type Mute, mutesQuery } from '../api';

const DELIVERIES = ['at-once', 'daily', 'never'] as const;

export function PreferencesPage() {
  const { t } = useTranslation('notifications');
  const key = useKey();
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(choicesQuery);
  const choose = useAct<Pick<Kind, 'code'> & Partial<Kind>, Choices>({
    act: (choice) => http.patch('/me/notification-choices/', { choices: [choice] }, { etag: etagOf(data as Choices) }),
    onDone: (answer) => cache.setQueryData(choicesQuery.queryKey, answer),
  });
  const about = (kind: Kind) => key(`notifications:about.${kind.code.replace('.', '-')}`, { fallback: kind.about });
  return (
    <div className="page" style={{ maxWidth: 960 }}>
      <PageHeader
        title={t('preferences.title')}
        trail={[
          <Link key="all" to="/me/notifications">
            {t('title')}
          </Link>,
        ]}
        api={{ method: 'GET', path: '/me/notification-choices/' }}
      />
      {error && !data ? <ErrorPanel error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageLoading /> : null}
      {data ? (
        <>
          {data.mail_is_configured ? (
            <p className="muted">
              {t('preferences.mailGoes', {
                address: data.address,
                hour: `${data.digest_hour}:00`,
                zone: data.time_zone,
              })}
            </p>
          ) : (
            <Alert type="info" showIcon title={t('preferences.noMail')} style={{ marginBottom: 16 }} />
          )}
          <Table<Kind>
            rowKey="code"
            size="small"
            pagination={false}
            dataSource={[...data.kinds]}
            scroll={{ x: 'max-content' }}
            columns={[
              { key: 'about', title: t('preferences.kind'), render: (_, kind) => about(kind) },
              {
                key: 'bell',
                title: t('preferences.bell'),
                width: 100,
                render: (_, kind) => (
                  <Switch
                    size="small"
                    checked={kind.bell}
                    loading={choose.isPending}
                    aria-label={`${t('preferences.bell')}: ${about(kind)}`}
                    onChange={(bell) => choose.mutate({ code: kind.code, bell })}
                  />
                ),
              },
              {
                key: 'mail',
                title: t('preferences.mail'),
                width: 160,
                render: (_, kind) => (
                  <Select
                    size="small"
                    style={{ width: 140 }}
                    value={kind.mail}
                    disabled={!data.mail_is_configured || choose.isPending}
                    aria-label={`${t('preferences.mail')}: ${about(kind)}`}
                    onChange={(mail) => choose.mutate({ code: kind.code, mail })}
                    options={DELIVERIES.map((value) => ({
                      value,
                      label: key(`notifications:preferences.delivery.${value}`),
                    }))}
                  />
                ),
              },
            ]}
          />
          <Mutes />
        </>
      ) : null}
    </div>
  );
}

function Mutes() {
  const { t } = useTranslation('notifications');
  const key = useKey();
  const { data, error, refetch } = useQuery(mutesQuery);
  const unmute = useAct<Mute>({
    act: (muted) => http.delete(`/me/mutes/${muted.id}/`),
    changes: [INBOX],
  });
  return (
    <section aria-labelledby="mutes">
      <h2 id="mutes" className="section-title">
        {t('mutes.title')}
      </h2>
      {error ? <ErrorPanel brief error={error} retry={() => void refetch()} /> : null}
      {data?.results.length === 0 ? <p className="muted">{t('mutes.none')}</p> : null}
      <ul>
        {data?.results.map((muted) => (
          <li key={muted.id}>
            <Flex gap={8} align="center">
              <span>{key(`shared:kind.${muted.object_kind}`, { fallback: muted.object_kind })}</span>
              <strong>{muted.name}</strong>
              <span className="muted">
                <RelativeTime at={muted.created_at} />
              </span>
              <Button size="small" type="text" onClick={() => unmute.mutate(muted)}>
                {t('mutes.unmute')}
              </Button>
            </Flex>
          </li>
        ))}
      </ul>
    </section>
  );
}
