import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Flex, Form, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import { ACCESSES } from '../model/form';
import { useBound } from './context';
import type { Offers } from './offers';

interface Props<Row> {
  of: 'buckets' | 'datasets' | 'volumes';
  offers: Offers;
  /** How one of them is used. */
  children: (row: Row, change: (to: Partial<Row>) => void, number: number) => ReactNode;
}

/** What the replicas use of the project, a row for each: its name, and how. What is left empty is not written. */
export function UsedRows<Row extends { name?: string }>({ of, offers, children }: Props<Row>) {
  const { t } = useTranslation('jobs');
  const { value = [], set, error } = useBound<Row[]>([of], true);
  const put = (rows: Row[]) => set(rows.length > 0 ? rows : undefined);
  const change = (index: number, to: Partial<Row>) =>
    put(value.map((row, place) => (place === index ? withoutEmpty({ ...row, ...to }) : row)));
  return (
    <fieldset className={styles.section}>
      <legend>{t(`${of}.title`)}</legend>
      <Form.Item validateStatus={error ? 'error' : ''} help={error ?? t(`${of}.help`)}>
        {value.map((row, index) => {
          const number = index + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
            <Flex key={index} gap={8} wrap className={styles.line ?? ''}>
              <AutoComplete
                style={{ flex: '1 1 160px' }}
                aria-label={t(`${of}.nameOf`, { number })}
                placeholder={t(`${of}.name`)}
                value={row.name ?? ''}
                options={[...offers[of]]}
                onChange={(name: string) => change(index, { name } as Partial<Row>)}
              />
              {children(row, (to) => change(index, to), number)}
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t(`${of}.remove`, { number })}
                onClick={() => put(value.filter((_, place) => place !== index))}
              />
            </Flex>
          );
        })}
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => put([...value, { name: offers[of][0]?.value ?? '' } as Row])}
        >
          {t(`${of}.add`)}
        </Button>
      </Form.Item>
    </fieldset>
  );
}

/** A name that is being written may be empty for a while: then the row still has one. */
const withoutEmpty = <Row extends object>(row: Row) =>
  Object.fromEntries(Object.entries(row).filter(([field, one]) => one || field === 'name')) as Row;

type Access = (typeof ACCESSES)[number];

interface AccessProps {
  of: 'buckets' | 'volumes';
  number: number;
  value: Access | undefined;
  onChange: (access: Access) => void;
}

/** Whether they write. */
export function AccessSelect({ of, number, value = 'read', onChange }: AccessProps) {
  const { t } = useTranslation('jobs');
  return (
    <Select
      style={{ flex: '1 1 160px' }}
      aria-label={t(`${of}.accessOf`, { number })}
      value={value}
      options={ACCESSES.map((one) => ({ value: one, label: t(`${of}.accesses.${one}`) }))}
      onChange={onChange}
    />
  );
}
