import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Flex, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import { ACCESSES, type VolumeUseForm } from '../model/form';
import { useBound } from './context';
import type { Offers } from './offers';

/** Volumes that the replicas mount: rows of volume, place, and whether they write. */
export function VolumeFields({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  const { value = [], set, error } = useBound<VolumeUseForm[]>(['volumes'], true);
  const put = (rows: VolumeUseForm[]) => set(rows.length > 0 ? rows : undefined);
  const change = (index: number, next: VolumeUseForm) => {
    const { path, ...rest } = next;
    put(value.map((row, place) => (place === index ? { ...rest, ...(path ? { path } : {}) } : row)));
  };
  return (
    <fieldset className={styles.section}>
      <legend>{t('volumes.title')}</legend>
      <Form.Item validateStatus={error ? 'error' : ''} help={error ?? t('volumes.help')}>
        {value.map((row, index) => {
          const number = index + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
            <Flex key={index} gap={8} wrap className={styles.line ?? ''}>
              <AutoComplete
                style={{ flex: '1 1 160px' }}
                aria-label={t('volumes.nameOf', { number })}
                placeholder={t('volumes.name')}
                value={row.name ?? ''}
                options={[...offers.volumes]}
                onChange={(name: string) => change(index, { ...row, name })}
              />
              <Input
                className="mono"
                style={{ flex: '1 1 160px' }}
                aria-label={t('volumes.pathOf', { number })}
                placeholder={`/volumes/${row.name ?? ''}`}
                value={row.path ?? ''}
                onChange={(event) => change(index, { ...row, path: event.target.value })}
              />
              <Select
                style={{ flex: '1 1 160px' }}
                aria-label={t('volumes.accessOf', { number })}
                value={row.access ?? 'read'}
                options={ACCESSES.map((one) => ({ value: one, label: t(`volumes.accesses.${one}`) }))}
                onChange={(access) => change(index, { ...row, access })}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('volumes.remove', { number })}
                onClick={() => put(value.filter((_, place) => place !== index))}
              />
            </Flex>
          );
        })}
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => put([...value, { name: offers.volumes[0]?.value ?? '' }])}
        >
          {t('volumes.add')}
        </Button>
      </Form.Item>
    </fieldset>
  );
}
