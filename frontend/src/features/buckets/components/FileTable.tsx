import { FileOutlined, FolderOutlined } from '@ant-design/icons';
import { RelativeTime } from '@shared/components/values';
import { formatBytes } from '@shared/lib/units';
import { Button, Flex, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Listed, nameIn } from './listed';
import { ARCHIVE } from './UnpackForm';

interface Row {
  key: string;
  size?: number;
  at?: string;
}

export function FileTable({ folder, folders, files, chosen, onChoose, onOpen, onUnpack, acts }: Listed) {
  const { t, i18n } = useTranslation('buckets');
  const rows: Row[] = [
    ...folders.map((key) => ({ key })),
    ...files.map(({ key, size_bytes, modified_at }) => ({ key, size: size_bytes, at: modified_at })),
  ];
  return (
    <Table<Row>
      aria-label={t('files')}
      size="small"
      dataSource={rows}
      pagination={false}
      {...(onChoose
        ? {
            rowSelection: {
              selectedRowKeys: [...chosen.folders, ...chosen.keys],
              onChange: (keys) => {
                const all = keys.map(String);
                onChoose({
                  folders: all.filter((key) => key.endsWith('/')),
                  keys: all.filter((key) => !key.endsWith('/')),
                });
              },
              getCheckboxProps: (row: Row) => ({ 'aria-label': t('choose', { name: nameIn(folder, row.key) }) }),
            },
          }
        : {})}
      columns={[
        {
          key: 'name',
          title: t('name'),
          render: (_, row) =>
            row.size === undefined ? (
              <Button
                type="link"
                icon={<FolderOutlined aria-hidden />}
                style={{ padding: 0 }}
                onClick={() => onOpen(row.key)}
              >
                {nameIn(folder, row.key)}
              </Button>
            ) : (
              <Flex gap={8}>
                <FileOutlined aria-hidden />
                {nameIn(folder, row.key)}
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
        { key: 'at', title: t('written'), render: (_, { at }) => (at ? <RelativeTime at={at} /> : '') },
        {
          key: 'acts',
          render: (_, row) =>
            row.size === undefined ? null : (
              <Flex gap={4} justify="flex-end">
                {onUnpack && ARCHIVE.test(row.key) && (
                  <Button
                    size="small"
                    type="text"
                    aria-label={t('unpackNamed', { name: nameIn(folder, row.key) })}
                    onClick={() => onUnpack(row.key)}
                  >
                    {t('unpack')}
                  </Button>
                )}
                <Button
                  size="small"
                  type="text"
                  aria-label={t('downloadNamed', { name: nameIn(folder, row.key) })}
                  onClick={() => acts.download(row.key)}
                >
                  {t('download')}
                </Button>
              </Flex>
            ),
        },
      ]}
    />
  );
}
