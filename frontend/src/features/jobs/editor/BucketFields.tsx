import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Flex, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import { ACCESSES, type BucketUseForm } from '../model/form';
import { useBound } from './context';
import type { Offers } from './offers';

/** Buckets that the replicas use: rows of bucket, folder, and whether they write. */
export function BucketFields({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  const { value = [], set, error } = useBound<BucketUseForm[]>(['buckets'], true);
  const put = (rows: BucketUseForm[]) => set(rows.length > 0 ? rows : undefined);
  const change = (index: number, next: BucketUseForm) => {
    const { prefix, ...rest } = next;
    put(value.map((row, place) => (place === index ? { ...rest, ...(prefix ? { prefix } : {}) } : row)));
  };
  return (
    <fieldset className={styles.section}>
      <legend>{t('buckets.title')}</legend>
      <Form.Item validateStatus={error ? 'error' : ''} help={error ?? t('buckets.help')}>
        {value.map((row, index) => {
          const number = index + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
            <Flex key={index} gap={8} wrap className={styles.line ?? ''}>
              <AutoComplete
                style={{ flex: '1 1 160px' }}
                aria-label={t('buckets.nameOf', { number })}
                placeholder={t('buckets.name')}
                value={row.name ?? ''}
                options={[...offers.buckets]}
                onChange={(name: string) => change(index, { ...row, name })}
              />
              <Input
                className="mono"
                style={{ flex: '1 1 160px' }}
                aria-label={t('buckets.folderOf', { number })}
                placeholder={t('buckets.whole')}
                value={row.prefix ?? ''}
                onChange={(event) => change(index, { ...row, prefix: event.target.value })}
              />
              <Select
                style={{ flex: '1 1 160px' }}
                aria-label={t('buckets.accessOf', { number })}
                value={row.access ?? 'read'}
                options={ACCESSES.map((one) => ({ value: one, label: t(`buckets.accesses.${one}`) }))}
                onChange={(access) => change(index, { ...row, access })}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('buckets.remove', { number })}
                onClick={() => put(value.filter((_, place) => place !== index))}
              />
            </Flex>
          );
        })}
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => put([...value, { name: offers.buckets[0]?.value ?? '' }])}
        >
          {t('buckets.add')}
        </Button>
      </Form.Item>
    </fieldset>
  );
}
