import { CopyButton } from '@shared/components/CopyButton';
import { StatusIcon } from '@shared/components/StatusTag';
import { Bytes, ExactTime } from '@shared/components/values';
import { Descriptions, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Channels } from '../contracts';
import { ChecksTable } from './ChecksTable';

const ICONS: Record<Channels['state'], string> = {
  opening: 'starting',
  open: 'live',
  closing: 'draining',
  closed: 'closed',
  failing: 'down',
};

/** What a contract is in our cluster: how far it is opened or closed, what went through, and what was taken away. */
export function ChannelsOf({ channels, contract }: { channels: Channels; contract: string }) {
  const { t } = useTranslation('federation');
  const { removed } = channels;
  const inJob = `contract: ${contract}`;
  return (
    <>
      <h2>{t('channels')}</h2>
      <Descriptions
        size="small"
        column={1}
        items={[
          {
            key: 'state',
            label: t('state'),
            children: (
              <span className="channels-state">
                <StatusIcon status={ICONS[channels.state]} /> {t(`channelsState.${channels.state}`)}
              </span>
            ),
          },
          {
            key: 'job',
            label: t('forJobs'),
            children: (
              <span>
                <code className="mono">{inJob}</code> <CopyButton text={inJob} />
              </span>
            ),
          },
          { key: 'namespace', label: t('namespace'), children: <code className="mono">{channels.namespace}</code> },
          {
            key: 'sent',
            label: t('sentBytes'),
            children: (
              <span>
                <Bytes value={channels.sent_bytes} /> / <Bytes value={channels.most_bytes} />
              </span>
            ),
          },
          ...(channels.opened_at
            ? [{ key: 'opened', label: t('openedAt'), children: <ExactTime at={channels.opened_at} /> }]
            : []),
          ...(channels.closed_at
            ? [{ key: 'closed', label: t('closedAt'), children: <ExactTime at={channels.closed_at} /> }]
            : []),
        ]}
      />
      <ChecksTable checks={channels.checks} label={t('channels')} />
      {removed && (
        <>
          <h3>{t('removed')}</h3>
          <Table
            rowKey="topic"
            size="small"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={removed.topics}
            footer={() => t('removedRoles', { roles: removed.roles.join(', ') })}
            columns={[
              { title: t('topic'), render: (_, one) => <code className="mono">{one.topic}</code> },
              { title: t('messages'), align: 'end', dataIndex: 'messages' },
              { title: t('givenUp'), align: 'end', dataIndex: 'given_up' },
              { title: t('unread'), align: 'end', dataIndex: 'unread' },
            ]}
          />
        </>
      )}
    </>
  );
}
