import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { CopyButton } from '@shared/components/CopyButton';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FormModal } from '@shared/components/FormModal';
import { formatBytes, formatNumber } from '@shared/lib/units';
import { useHeld } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Flex, Form, Input, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeVersion, type Dataset, linkTo, type Version, type VersionDetail, versionQuery } from '../api';
import { Lineage } from './Lineage';
import { useRemovals } from './useRemovals';
import { VersionFiles } from './VersionFiles';

interface Props {
  dataset: Dataset;
  version: Version;
  folder: string;
  onOpen: (folder: string) => void;
}

/** One version: what it holds, where it comes from, and what may be done with it. */
export function VersionPanel({ dataset, version, folder, onOpen }: Props) {
  const { t } = useTranslation('datasets');
  const { data, error, refetch } = useQuery(versionQuery(version));
  const mine = useHeld();
  const [mayWrite, maySeeJobs] = [can(mine, 'datasets.write'), can(mine, 'jobs.view')];
  const { askToDelete } = useRemovals(dataset);
  const [holding, setHolding] = useState(false);
  const changes = [['projects', version.project_id, 'dataset', version.dataset_id, 'versions']];
  const release = useAct({ act: () => changeVersion(version, { hold: '' }), done: t('released'), changes });
  const manifest = useAct({ act: async () => window.location.assign((await linkTo(version, '')).url) });
  const ready = version.phase === 'ready' && !version.deleting;
  return (
    <section aria-label={t('versionNumber', { number: version.number })}>
      <Flex justify="space-between" align="center" gap={8} wrap>
        <h2>{t('versionNumber', { number: version.number })}</h2>
        <Flex gap={8}>
          {ready && <Button onClick={() => manifest.mutate()}>{t('manifest')}</Button>}
          {mayWrite && !version.hold && <Button onClick={() => setHolding(true)}>{t('hold')}</Button>}
          {mayWrite && version.hold && <Button onClick={() => release.mutate()}>{t('release')}</Button>}
          {mayWrite && !version.deleting && (
            <Button danger disabled={version.hold !== ''} onClick={() => askToDelete(version)}>
              {t('deleteVersion')}
            </Button>
          )}
        </Flex>
      </Flex>
      {version.why && <Alert type={version.phase === 'failed' ? 'error' : 'warning'} title={version.why} />}
      <Descriptions size="small" column={1} items={facts(version, t)} />
      {error ? <ErrorPanel error={error} retry={() => void refetch()} /> : null}
      {data && <Kinds version={data} />}
      {data?.preview && <Preview table={data.preview} />}
      {maySeeJobs && <Lineage version={version} />}
      {ready && <VersionFiles version={version} name={dataset.name} folder={folder} onOpen={onOpen} />}
      <FormModal<{ hold: string }>
        open={holding}
        title={t('holdNamed', { number: version.number })}
        submit={t('hold')}
        initial={{}}
        act={(given) => changeVersion(version, given)}
        done={t('heldNow')}
        changes={changes}
        onClose={() => setHolding(false)}
      >
        <p>{t('holdText')}</p>
        <Form.Item name="hold" label={t('holdWhy')} rules={[{ required: true, message: t('holdWhy') }]}>
          <Input maxLength={300} autoFocus />
        </Form.Item>
      </FormModal>
    </section>
  );
}

function facts(version: Version, t: ReturnType<typeof useTranslation<'datasets'>>['t']) {
  const rows = [
    {
      key: 'made-of',
      label: t('madeOf'),
      children: <code className="mono">{version.prefix ? `${version.bucket}:${version.prefix}` : version.bucket}</code>,
    },
    ...(version.note ? [{ key: 'note', label: t('note'), children: version.note }] : []),
    ...(version.hold ? [{ key: 'hold', label: t('hold'), children: t('held', { why: version.hold }) }] : []),
  ];
  if (!version.digest) return rows;
  return [
    ...rows,
    {
      key: 'digest',
      label: t('digest'),
      children: (
        <span title={t('digestHelp')}>
          <code className="mono">{version.digest}</code> <CopyButton text={version.digest} size="small" />
        </span>
      ),
    },
  ];
}

function Kinds({ version }: { version: VersionDetail }) {
  const { t, i18n } = useTranslation('datasets');
  if (version.suffixes.length === 0) return null;
  return (
    <Flex gap={16} wrap component="ul" aria-label={t('kinds')} style={{ listStyle: 'none', padding: 0 }}>
      {version.suffixes.map(({ suffix, files, bytes }) => (
        <li key={suffix}>
          {t('kind', {
            suffix: suffix || t('otherKinds'),
            count: files,
            number: formatNumber(files, i18n.language),
            size: formatBytes(bytes, i18n.language),
          })}
        </li>
      ))}
    </Flex>
  );
}

function Preview({ table }: { table: NonNullable<VersionDetail['preview']> }) {
  const { t } = useTranslation('datasets');
  const title = t('preview', { path: table.path });
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Table<{ key: number; cells: string[] }>
        size="small"
        scroll={{ x: true }}
        pagination={false}
        dataSource={table.rows.map((cells, key) => ({ key, cells }))}
        columns={table.columns.map(({ name, kind }, place) => ({
          key: place,
          title: (
            <>
              {name} <span className="muted">{kind}</span>
            </>
          ),
          render: (_, { cells }) => cells[place],
        }))}
      />
    </section>
  );
}
