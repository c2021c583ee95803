import { FileOutlined, FolderOutlined, LinkOutlined, QuestionOutlined } from '@ant-design/icons';
import { isProblem } from '@shared/api/problem';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FolderTrail } from '@shared/components/FolderTrail';
import { FormModal } from '@shared/components/FormModal';
import { PageLoading } from '@shared/components/PageLoading';
import { RelativeTime } from '@shared/components/values';
import { formatBytes } from '@shared/lib/units';
import { useView } from '@shared/routing/view';
import { useHeld } from '@shared/session/place';
import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Flex, Form, Input, Table } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  downloadAddress,
  type Entry,
  entriesKey,
  entriesQuery,
  makeFolder,
  removeEntry,
  type VolumeDetail,
} from '../api';
import { useUpload } from './useUpload';

const ICONS = { file: FileOutlined, folder: FolderOutlined, link: LinkOutlined, other: QuestionOutlined };

/** Files of a volume that is a directory of a machine; of one in a cluster, that only jobs reach them. */
export function Files({ volume }: { volume: VolumeDetail }) {
  const { t } = useTranslation('volumes');
  const [{ folder = '' }, change] = useView<{ folder?: string }>();
  const here = volume.cluster_kind === 'local';
  const files = useInfiniteQuery({ ...entriesQuery(volume, folder), enabled: here });
  const mayWrite = can(useHeld(), 'volumes.write') && volume.access_mode !== 'ReadOnlyMany';
  const chooser = useRef<HTMLInputElement>(null);
  const [naming, setNaming] = useState(false);
  const pathOf = (name: string) => (folder ? `${folder}/${name}` : name);
  const { underWay, upload } = useUpload(volume, pathOf);

  if (!here) return <EmptyState title={t('filesFar')}>{t('filesFarText')}</EmptyState>;
  if (isProblem(files.error, 'volume-files-out-of-reach')) {
    return <EmptyState title={t('filesNot')}>{files.error.message}</EmptyState>;
  }
  const entries = files.data?.pages.flatMap((page) => page.entries) ?? [];
  const open = (where: string) => change({ folder: where });
  return (
    <>
      <Flex gap={8} align="center" wrap justify="space-between">
        <FolderTrail root={volume.name} folder={folder} label={t('place')} onOpen={open} />
        <Flex gap={8} align="center" wrap>
          <span role="status" className="muted">
            {underWay && t('uploadingNamed', { ...underWay })}
          </span>
          <Button loading={files.isFetching && !files.isPending} onClick={() => void files.refetch()}>
            {t('reread')}
          </Button>
          {mayWrite && (
            <>
              <Button onClick={() => setNaming(true)}>{t('newFolder')}</Button>
              <input
                ref={chooser}
                type="file"
                multiple
                hidden
                aria-label={t('upload')}
                onChange={({ target }) => {
                  upload([...(target.files ?? [])]);
                  target.value = ''; // the same may be chosen again
                }}
              />
              <Button loading={underWay !== undefined} onClick={() => chooser.current?.click()}>
                {t('upload')}
              </Button>
            </>
          )}
        </Flex>
      </Flex>
      {files.error ? (
        <ErrorPanel error={files.error} retry={() => void files.refetch()} />
      ) : files.isPending ? (
        <PageLoading />
      ) : entries.length === 0 ? (
        <EmptyState title={t('noFiles')}>{t('noFilesText')}</EmptyState>
      ) : (
        <Entries volume={volume} entries={entries} pathOf={pathOf} onOpen={open} mayWrite={mayWrite} />
      )}
      {files.hasNextPage && (
        <Flex justify="center">
          <Button loading={files.isFetchingNextPage} onClick={() => void files.fetchNextPage()}>
            {t('more')}
          </Button>
        </Flex>
      )}
      <FormModal<{ name: string }>
        open={naming}
        title={t('newFolder')}
        submit={t('makeFolder')}
        initial={{ name: '' }}
        act={({ name }) => makeFolder(volume, pathOf(name))}
        done={t('folderMade')}
        changes={[entriesKey(volume)]}
        onClose={() => setNaming(false)}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, message: t('needsFolderName') }]}>
          <Input autoComplete="off" spellCheck={false} autoFocus maxLength={255} />
        </Form.Item>
      </FormModal>
    </>
  );
}

interface Shown {
  volume: VolumeDetail;
  entries: Entry[];
  pathOf: (name: string) => string;
  onOpen: (folder: string) => void;
  mayWrite: boolean;
}

function Entries({ volume, entries, pathOf, onOpen, mayWrite }: Shown) {
  const { t, i18n } = useTranslation('volumes');
  const { modal } = App.useApp();
  const remove = useAct({
    act: (path: string) => removeEntry(volume, path),
    done: t('entryRemoved'),
    changes: [entriesKey(volume)],
  });
  const askToRemove = ({ name, kind }: Entry) =>
    modal.confirm({
      title: t('removeEntryNamed', { name }),
      content: kind === 'folder' ? t('removeFolderText') : t('removeFileText'),
      okText: t('removeEntry'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(pathOf(name)).catch(() => undefined),
    });
  return (
    <Table<Entry>
      aria-label={t('filesOf')}
      size="small"
      rowKey="name"
      dataSource={entries}
      pagination={false}
      columns={[
        {
          key: 'name',
          title: t('name'),
          render: (_, { name, kind }) => {
            const Icon = ICONS[kind];
            return kind === 'folder' ? (
              <Button
                type="link"
                icon={<Icon aria-hidden />}
                style={{ padding: 0 }}
                onClick={() => onOpen(pathOf(name))}
              >
                {name}
              </Button>
            ) : (
              <Flex gap={8}>
                <Icon aria-hidden />
                {name}
                {kind !== 'file' && <span className="muted">{t(`entryKinds.${kind}`)}</span>}
              </Flex>
            );
          },
        },
        {
          key: 'size',
          title: t('fileSize'),
          align: 'right',
          className: 'tabular',
          render: (_, { kind, size_bytes }) => (kind === 'file' ? formatBytes(size_bytes, i18n.language) : ''),
        },
        { key: 'at', title: t('written'), render: (_, { modified_at }) => <RelativeTime at={modified_at} /> },
        {
          key: 'acts',
          render: (_, entry) => (
            <Flex gap={4} justify="flex-end">
              {entry.kind === 'file' && (
                <Button
                  size="small"
                  type="text"
                  href={downloadAddress(volume, pathOf(entry.name))}
                  aria-label={t('downloadNamed', { name: entry.name })}
                >
                  {t('download')}
                </Button>
              )}
              {mayWrite && (
                <Button
                  size="small"
                  type="text"
                  danger
                  aria-label={t('removeEntryOf', { name: entry.name })}
                  onClick={() => askToRemove(entry)}
                >
                  {t('removeEntry')}
                </Button>
              )}
            </Flex>
          ),
        },
      ]}
    />
  );
}
