import { Amounts } from '@shared/components/values';
import { useSaid } from '@shared/i18n/said';
import { joinWords } from '@shared/lib/typed';
import { Descriptions, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AppDetail, Replica } from '../api';
import { urlOf } from '../model/snippets';
import type { PanelSubject } from '../panels';
import { Address, InsideAddress } from './Address';
import { ReplicasTable } from './ReplicasTable';

interface Props {
  app: AppDetail;
  replicas: readonly Replica[];
  subject: PanelSubject;
  nameOf: (number: number) => string;
  onLog: (replica: Replica) => void;
}

/** Such as models/digits/ or, of a job, model.npz. */
const sourceOf = (files: AppDetail['spec']['files'][number]) =>
  files.bucket ? `${files.bucket}/${files.key}` : files.artifact || '*';

/** Where it answers, what it runs, and the replicas that it has now. */
export function Overview({ app, replicas, subject, nameOf, onLog }: Props) {
  const { t } = useTranslation('apps');
  const { spec } = app;
  const devices = spec.devices.map((need) => ({
    resource: need.kind ?? 'gpu',
    flavor: need.flavor ?? '',
    amount: need.count,
  }));
  const needs = [
    { resource: 'cpu', flavor: '', amount: spec.cpu_millicores },
    { resource: 'memory', flavor: '', amount: spec.memory_bytes as number },
    ...devices,
  ];
  const names = Object.keys(spec.env);
  return (
    <>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'address', label: t('facts.address'), children: <Address app={app} />, span: 'filled' },
          ...(app.inside_address
            ? [
                {
                  key: 'inside',
                  label: t('facts.inside'),
                  children: <InsideAddress address={app.inside_address} />,
                  span: 'filled' as const,
                },
              ]
            : []),
          { key: 'access', label: t('facts.access'), children: t(`accessText.${app.access}`) },
          { key: 'cluster', label: t('facts.cluster'), children: app.cluster.name },
          ...(spec.image
            ? [
                {
                  key: 'image',
                  label: t('facts.image'),
                  children: <code className="mono">{t('imageSaid', { image: spec.image, port: spec.port })}</code>,
                },
              ]
            : []),
          {
            key: 'command',
            label: t('facts.command'),
            children:
              spec.command.length > 0 ? <code className="mono">{joinWords(spec.command)}</code> : t('ofTheImage'),
          },
          { key: 'resources', label: t('facts.resources'), children: <Amounts rows={needs} /> },
          {
            key: 'probe',
            label: t('facts.probe'),
            children: t('probeSaid', { path: spec.probe.path, seconds: spec.probe.start_seconds }),
          },
          {
            key: 'rollout',
            label: t('facts.rollout'),
            children: t('rolloutSaid', {
              surge: spec.rollout.max_surge,
              unavailable: spec.rollout.max_unavailable,
              seconds: spec.drain_seconds,
            }),
          },
          ...(app.autoscaling
            ? [{ key: 'scaling', label: t('facts.scaling'), children: <Scaling app={app} />, span: 'filled' as const }]
            : []),
          { key: 'priority', label: t('facts.priority'), children: app.priority },
          ...(spec.files.length > 0
            ? [
                {
                  key: 'files',
                  label: t('facts.files'),
                  children: <code className="mono">{spec.files.map(sourceOf).join(', ')}</code>,
                },
              ]
            : []),
          ...(names.length > 0
            ? [
                {
                  key: 'variables',
                  label: t('facts.variables'),
                  children: <code className="mono">{names.join(', ')}</code>,
                },
              ]
            : []),
          ...(spec.env_from.length > 0
            ? [
                {
                  key: 'secrets',
                  label: t('facts.secrets'),
                  children: spec.env_from
                    .map(({ secret, name, key }) => `${name ?? key ?? '*'} (${secret})`)
                    .join(', '),
                },
              ]
            : []),
        ]}
      />
      <h2 className="section-title">{t('replicasNow')}</h2>
      <ReplicasTable
        replicas={replicas.filter((one) => !one.finished_at)}
        subject={subject}
        nameOf={nameOf}
        onLog={onLog}
      />
      <h2 className="section-title">{t('endpoints')}</h2>
      {spec.endpoints.length === 0 ? (
        <p className="muted">{t('noEndpoints')}</p>
      ) : (
        <Table
          size="small"
          rowKey="name"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={spec.endpoints}
          columns={[
            { title: t('form.endpointName'), dataIndex: 'name' },
            { title: t('try.method'), dataIndex: 'method' },
            {
              title: t('columns.address'),
              render: (_, one) => <code className="mono">{app.address ? urlOf(app.address, one.path) : one.path}</code>,
            },
            { title: t('form.description'), dataIndex: 'description' },
          ]}
        />
      )}
    </>
  );
}

/** How far it grows, how many the autoscaler wants now, and why. */
function Scaling({ app }: { app: AppDetail }) {
  const { t } = useTranslation('apps');
  const said = useSaid();
  const { autoscaling, scaling } = app;
  if (!autoscaling) return null;
  return (
    <>
      <span>
        {t('scalesSaid', {
          least: app.replicas,
          most: autoscaling.max_replicas,
          percent: autoscaling.cpu_percent,
        })}
      </span>
      <div className="muted">
        {scaling ? t('scalingNow', { current: scaling.current, desired: scaling.desired }) : t('scalingUnknown')}{' '}
        {scaling ? said(scaling.said, '') : ''}
      </div>
    </>
  );
}
