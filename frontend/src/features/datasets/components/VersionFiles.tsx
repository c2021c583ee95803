import { FileOutlined, FolderOutlined } from '@ant-design/icons';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { formatBytes } from '@shared/lib/units';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Flex, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { filesQuery, linkTo, type Version } from '../api';

interface Row {
  key: string;
  size?: number;
  picture?: string;
}

interface Props {
  version: Version;
  name: string;
  folder: string;
  onOpen: (folder: string) => void;
}

/** A folder of a version: names, sizes, pictures. */
export function VersionFiles({ version, name, folder, onOpen }: Props) {
  const { t, i18n } = useTranslation('datasets');
  const files = useInfiniteQuery(filesQuery(version, folder));
  const download = useAct({
    act: async (path: string) => window.location.assign((await linkTo(version, path)).url),
  });
  if (files.error) return <ErrorPanel error={files.error} retry={() => void files.refetch()} />;
  const pages = files.data?.pages ?? [];
  const rows: Row[] = [
    ...pages.flatMap((page) => page.folders).map((key) => ({ key })),
    ...pages
      .flatMap((page) => page.files)
      .map(({ key, size_bytes, preview_url }) => ({
        key,
        size: size_bytes,
        picture: preview_url,
      })),
  ];
  const steps = folder.split('/').filter(Boolean);
  return (
    <section aria-label={t('files')}>
      <nav aria-label={t('place')}>
        <Button type="link" size="small" onClick={() => onOpen('')}>
          {name}
        </Button>
        {steps.map((step, index) => {
          const where = `${steps.slice(0, index + 1).join('/')}/`;
          return (
            <span key={where}>
              /
              <Button type="link" size="small" onClick={() => onOpen(where)}>
                {step}
              </Button>
            </span>
          );
        })}
      </nav>
      <Table<Row>
        aria-label={t('files')}
        size="small"
        loading={files.isPending}
        dataSource={rows}
        pagination={false}
        columns={[
          {
            key: 'name',
            title: t('name'),
            render: (_, { key, size, picture }) =>
              size === undefined ? (
                <Button
                  type="link"
                  icon={<FolderOutlined aria-hidden />}
                  style={{ padding: 0 }}
                  onClick={() => onOpen(key)}
                >
                  {key.slice(folder.length)}
                </Button>
              ) : (
                <Flex gap={8} align="center">
                  {picture ? (
                    <img src={picture} alt="" width={24} height={24} loading="lazy" />
                  ) : (
                    <FileOutlined aria-hidden />
                  )}
                  {key.slice(folder.length)}
                </Flex>
              ),
          },
          {
            key: 'size',
            title: t('size'),
            align: 'right',
            className: 'tabular',
            render: (_, { size }) => (size === undefined ? '' : formatBytes(size, i18n.language)),
          },
          {
            key: 'acts',
            align: 'right',
            render: (_, { key, size }) =>
              size !== undefined && (
                <Button
                  size="small"
                  type="text"
                  aria-label={t('downloadNamed', { name: key.slice(folder.length) })}
                  onClick={() => download.mutate(key)}
                >
                  {t('download')}
                </Button>
              ),
          },
        ]}
      />
      {files.hasNextPage && (
        <Flex justify="center">
          <Button loading={files.isFetchingNextPage} onClick={() => void files.fetchNextPage()}>
            {t('more')}
          </Button>
        </Flex>
      )}
    </section>
  );
}
