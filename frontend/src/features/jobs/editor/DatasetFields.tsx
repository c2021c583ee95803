import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Flex, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import type { DatasetUseForm } from '../model/form';
import { useBound } from './context';
import type { Offers } from './offers';

/** Versions of datasets that the replicas read: rows of dataset and version. */
export function DatasetFields({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  const { value = [], set, error } = useBound<DatasetUseForm[]>(['datasets'], true);
  const put = (rows: DatasetUseForm[]) => set(rows.length > 0 ? rows : undefined);
  const change = (index: number, { version, ...rest }: DatasetUseForm) =>
    put(value.map((row, place) => (place === index ? { ...rest, ...(version ? { version } : {}) } : row)));
  return (
    <fieldset className={styles.section}>
      <legend>{t('datasets.title')}</legend>
      <Form.Item validateStatus={error ? 'error' : ''} help={error ?? t('datasets.help')}>
        {value.map((row, index) => {
          const number = index + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
            <Flex key={index} gap={8} wrap className={styles.line ?? ''}>
              <AutoComplete
                style={{ flex: '2 1 160px' }}
                aria-label={t('datasets.nameOf', { number })}
                placeholder={t('datasets.name')}
                value={row.name ?? ''}
                options={[...offers.datasets]}
                onChange={(name: string) => change(index, { ...row, name })}
              />
              <InputNumber
                style={{ flex: '1 1 160px' }}
                aria-label={t('datasets.versionOf', { number })}
                placeholder={t('datasets.newest')}
                min={1}
                precision={0}
                value={row.version ?? null}
                onChange={(version) => change(index, { ...row, version })}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('datasets.remove', { number })}
                onClick={() => put(value.filter((_, place) => place !== index))}
              />
            </Flex>
          );
        })}
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => put([...value, { name: offers.datasets[0]?.value ?? '' }])}
        >
          {t('datasets.add')}
        </Button>
      </Form.Item>
    </fieldset>
  );
}
