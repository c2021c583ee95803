import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FormModal } from '@shared/components/FormModal';
import { PageLoading } from '@shared/components/PageLoading';
import { SecretOnce } from '@shared/components/SecretOnce';
import { RelativeTime } from '@shared/components/values';
import { formatNumber } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Alert, App as Antd, Button, DatePicker, Flex, Form, Input, InputNumber, Table, Tag } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AppDetail, createKey, type Key, type KeyShown, keysKey, keysQuery, revokeKey } from '../api';

interface Typed {
  consumer: string;
  rate: number | null;
  expires: Dayjs | null;
}

/** Who may call with which key, how much they may, and how much they did. */
export function Keys({ app }: { app: AppDetail }) {
  const { t, i18n } = useTranslation('apps');
  const { modal } = Antd.useApp();
  const { data, error, refetch } = useQuery(keysQuery(app));
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<KeyShown | null>(null);
  const manages = can(app, 'apps.deploy');
  const revoke = useAct<Key>({
    act: (key) => revokeKey(app, key),
    done: (_, key) => t('keys.revokedDone', { consumer: key.consumer }),
    changes: [keysKey(app)],
  });
  const ask = (key: Key) =>
    modal.confirm({
      title: t('keys.revokeTitle', { consumer: key.consumer }),
      content: t('keys.revokeText'),
      okText: t('keys.revoke'),
      okButtonProps: { danger: true },
      onOk: () => revoke.mutateAsync(key).catch(() => undefined),
    });
  if (error && !data) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" gap={12} wrap>
        <span className="muted">{t('keys.intro')}</span>
        {manages ? <Button onClick={() => setMaking(true)}>{t('keys.new')}</Button> : null}
      </Flex>
      {app.access === 'public' ? <Alert type="info" showIcon title={t('keys.open')} /> : null}
      <Table<Key>
        size="small"
        rowKey="id"
        dataSource={data}
        pagination={data.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('keys.none') }}
        columns={[
          {
            title: t('keys.consumer'),
            render: (_, key) => (
              <Flex gap={8} align="center">
                {key.consumer} <code className="mono muted">{key.hint}…</code>
                <End mark={key} />
              </Flex>
            ),
          },
          {
            title: t('keys.rate'),
            align: 'right',
            render: (_, key) => (key.requests_per_minute ? number(key.requests_per_minute) : t('keys.unlimited')),
          },
          { title: t('keys.passed'), align: 'right', render: (_, key) => number(key.passed) },
          { title: t('keys.heldBack'), align: 'right', render: (_, key) => number(key.held_back) },
          { title: t('keys.used'), render: (_, key) => <RelativeTime at={key.last_used_at} none={t('keys.notYet')} /> },
          { title: t('keys.expires'), render: (_, key) => <RelativeTime at={key.expires_at} none={t('keys.never')} /> },
          { title: t('keys.made'), render: (_, key) => <RelativeTime at={key.created_at} /> },
          {
            title: <span className="visually-hidden">{t('keys.revoke')}</span>,
            render: (_, key) =>
              manages && !key.revoked_at ? (
                <Button size="small" danger onClick={() => ask(key)}>
                  {t('keys.revoke')}
                  <span className="visually-hidden"> {key.consumer}</span>
                </Button>
              ) : null,
          },
        ]}
      />
      <FormModal<Typed, KeyShown>
        open={making}
        title={t('keys.new')}
        submit={t('keys.create')}
        initial={{ rate: 600, expires: null }}
        act={({ consumer, rate, expires }) =>
          createKey(app, { consumer, requests_per_minute: rate, expires_at: expires?.toISOString() ?? null })
        }
        changes={[keysKey(app)]}
        onClose={() => setMaking(false)}
        onDone={setShown}
      >
        <Form.Item
          name="consumer"
          label={t('keys.consumer')}
          extra={t('keys.consumerHelp')}
          rules={[{ required: true, max: 40 }]}
        >
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="rate" label={t('keys.rate')}>
          <InputNumber min={1} max={1_000_000} precision={0} placeholder={t('keys.unlimited')} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item name="expires" label={t('keys.expires')}>
          <DatePicker showTime={{ format: 'HH:mm' }} placeholder={t('keys.never')} />
        </Form.Item>
      </FormModal>
      <SecretOnce
        secret={shown?.secret ?? null}
        title={t('keys.shownTitle', { consumer: shown?.consumer ?? '' })}
        label={t('try.key')}
        warning={t('keys.shownWarning')}
        kept={t('keys.kept')}
        onClose={() => setShown(null)}
      />
    </Flex>
  );
}

function End({ mark }: { mark: Key }) {
  const { t } = useTranslation('apps');
  if (mark.revoked_at) return <Tag>{t('keys.revoked')}</Tag>;
  return mark.expires_at && Date.parse(mark.expires_at) < Date.now() ? <Tag>{t('keys.expired')}</Tag> : null;
}
