import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FolderTrail } from '@shared/components/FolderTrail';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { formatNumber } from '@shared/lib/units';
import { useView } from '@shared/routing/view';
import { useHeld, usePlace, useProject } from '@shared/session/place';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Flex, Input, Segmented } from 'antd';
import { type DragEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bucketPath, bucketQuery, type Chosen, filesKey, filesQuery } from '../api';
import { BucketForm } from '../components/BucketForm';
import { FileGrid } from '../components/FileGrid';
import { FileTable } from '../components/FileTable';
import { Fill } from '../components/Fill';
import { UnpackForm } from '../components/UnpackForm';
import { Unpackings } from '../components/Unpackings';
import { UploadButtons } from '../components/UploadButtons';
import { useFileActs } from '../components/useFileActs';
import { useRemoveBucket } from '../components/useRemoveBucket';
import { dropped, type Found } from '../uploads/dropped';
import { queue } from '../uploads/queue';
import '../buckets.css';

interface View {
  folder?: string;
  begins?: string;
  as?: string;
}

const NONE: Chosen = { keys: [], folders: [] };

export function BucketPage() {
  const { t, i18n } = useTranslation('buckets');
  const { t: shared } = useTranslation();
  const { tenant, project } = useProject();
  const { session } = usePlace();
  const { bucket: id } = useParams({ strict: false }) as { bucket: string };
  const [{ folder = '', begins = '', as }, change] = useView<View>();
  const cache = useQueryClient();
  const bucket = useQuery(bucketQuery(project.id, id));
  const files = useInfiniteQuery(filesQuery(project.id, id, folder + begins));
  const [chosen, setChosen] = useState(NONE);
  const [changing, setChanging] = useState(false);
  const [over, setOver] = useState(false);
  const [archive, setArchive] = useState<string>();
  const mine = useHeld();
  const [mayWrite, mayManage] = [can(mine, 'buckets.write'), can(mine, 'buckets.manage')];
  const mayRegister = can(mine, 'datasets.write');
  const acts = useFileActs(bucket.data);
  const askToRemove = useRemoveBucket();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder, nothing chosen.
  useEffect(() => setChosen(NONE), [folder, begins]);
  useEffect(() => {
    const off = queue.whenArrived((arrived) => {
      if (arrived === id) void cache.invalidateQueries({ queryKey: filesKey(project.id, id) });
    });
    return () => void off();
  }, [cache, id, project.id]);

  if (bucket.error) return <ErrorPanel error={bucket.error} retry={() => void bucket.refetch()} />;
  if (!bucket.data) return <PageLoading />;
  const add = (found: readonly Found[]) =>
    queue.add(
      session.user.id,
      project.id,
      id,
      found.map(({ key, file }) => ({ key: folder + key, file })),
    );
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    await add(await dropped(event.dataTransfer.items));
  };
  const folders = files.data?.pages.flatMap((page) => page.folders) ?? [];
  const listed = files.data?.pages.flatMap((page) => page.files) ?? [];
  const count = chosen.keys.length + chosen.folders.length;
  const writing = mayWrite
    ? { onChoose: setChosen, onUnpack: setArchive }
    : { onChoose: undefined, onUnpack: undefined };
  const shown = { folder, folders, files: listed, chosen, ...writing, acts };
  const open = (where: string) => change({ folder: where, begins: '' });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped can be chosen with the buttons as well.
    <div
      className={over ? 'page drop-here' : 'page'}
      onDragOver={(event) => {
        if (!mayWrite) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void (mayWrite && drop(event))}
    >
      <PageHeader
        title={bucket.data.name}
        trail={[
          <Link key="all" to="/t/$tenant/p/$project/buckets" params={{ tenant: tenant.slug, project: project.slug }}>
            {shared('pages.buckets')}
          </Link>,
        ]}
        facts={
          <>
            <Fill bucket={bucket.data} />
            <span>
              {t('count', { count: bucket.data.files, number: formatNumber(bucket.data.files, i18n.language) })}
            </span>
            {bucket.data.expire_after_days && <span>{t('days', { count: bucket.data.expire_after_days })}</span>}
          </>
        }
        actions={
          <>
            {mayRegister && (
              <Link
                to="/t/$tenant/p/$project/datasets/register"
                params={{ tenant: tenant.slug, project: project.slug }}
                search={{ bucket: bucket.data.name, prefix: folder }}
              >
                {t('asDataset')}
              </Link>
            )}
            {mayManage && <Button onClick={() => setChanging(true)}>{t('change')}</Button>}
            {mayManage && (
              <Button danger onClick={() => askToRemove(bucket.data)}>
                {t('remove')}
              </Button>
            )}
            {mayWrite && <UploadButtons onChosen={(found) => void add(found)} />}
          </>
        }
        api={{ method: 'GET', path: bucketPath(project.id, id, 'files/'), query: { prefix: folder + begins } }}
      />
      <Flex gap={8} align="center" wrap justify="space-between">
        <FolderTrail
          root={bucket.data.name}
          folder={folder}
          label={t('place')}
          onOpen={(where) => open(where && `${where}/`)}
        />
        <Flex gap={8} align="center">
          {count > 0 && (
            <Button
              danger
              onClick={() => {
                acts.remove(chosen);
                setChosen(NONE);
              }}
            >
              {t('delete', { count })}
            </Button>
          )}
          <Input.Search
            key={folder}
            defaultValue={begins}
            placeholder={t('begins')}
            aria-label={t('begins')}
            allowClear
            onSearch={(value) => change({ begins: value })}
            style={{ width: 220 }}
          />
          <Segmented
            value={as === 'grid' ? 'grid' : 'list'}
            onChange={(value) => change({ as: value === 'grid' ? 'grid' : '' })}
            options={[
              { value: 'list', label: t('list') },
              { value: 'grid', label: t('grid') },
            ]}
          />
        </Flex>
      </Flex>
      {files.error ? (
        <ErrorPanel error={files.error} retry={() => void files.refetch()} />
      ) : files.isPending ? (
        <PageLoading />
      ) : folders.length + listed.length === 0 ? (
        <EmptyState title={begins ? t('noneBegins') : t('noFiles')}>{mayWrite ? t('dropHere') : ''}</EmptyState>
      ) : as === 'grid' ? (
        <FileGrid {...shown} onOpen={open} />
      ) : (
        <FileTable {...shown} onOpen={open} />
      )}
      {files.hasNextPage && (
        <Flex justify="center">
          <Button loading={files.isFetchingNextPage} onClick={() => void files.fetchNextPage()}>
            {t('more')}
          </Button>
        </Flex>
      )}
      <Unpackings bucket={bucket.data} onOpen={open} />
      <UnpackForm bucket={bucket.data} {...(archive ? { archive } : {})} onClose={() => setArchive(undefined)} />
      <BucketForm open={changing} project={project.id} bucket={bucket.data} onClose={() => setChanging(false)} />
    </div>
  );
}
