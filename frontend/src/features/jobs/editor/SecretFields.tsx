import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Flex, Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import type { Path } from '../model/document';
import type { SecretPart } from '../model/form';
import { useBound } from './context';
import type { Offers } from './offers';

interface Props {
  /** Of the list: a role's `env_from` or `secret_files`. */
  path: Path;
  part: 'env' | 'files';
  offers: Offers;
}

/** What a role is given of secrets: rows of secret, entry and, for variables, a name. */
export function SecretFields({ path, part, offers }: Props) {
  const { t } = useTranslation('jobs');
  const { value = [], set, error } = useBound<SecretPart[]>(path, true);
  const put = (rows: SecretPart[]) => set(rows.length > 0 ? rows : undefined);
  const change = (index: number, next: SecretPart) => {
    const kept = Object.entries(next).filter(([, one]) => one !== undefined && one !== '');
    put(value.map((row, place) => (place === index ? { secret: '', ...Object.fromEntries(kept) } : row)));
  };
  return (
    <Form.Item
      label={t(`secrets.${part}`)}
      validateStatus={error ? 'error' : ''}
      help={error ?? t(`secrets.${part}Help`)}
    >
      {value.map((row, index) => {
        const number = index + 1;
        const chosen = offers.secrets.find((secret) => secret.value === row.secret);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
          <Flex key={index} gap={8} className={styles.line ?? ''}>
            <AutoComplete
              style={{ flex: '1 1 160px' }}
              aria-label={t('secrets.nameOf', { number })}
              placeholder={t('secrets.name')}
              value={row.secret ?? ''}
              options={[...offers.secrets]}
              onChange={(secret: string) => change(index, { ...row, secret })}
            />
            <AutoComplete
              style={{ flex: '1 1 140px' }}
              aria-label={t('secrets.keyOf', { number })}
              placeholder={t('secrets.allKeys')}
              value={row.key ?? ''}
              options={(chosen?.keys ?? []).map((key) => ({ value: key, label: key }))}
              onChange={(key: string) => change(index, { ...row, key })}
            />
            {part === 'env' && (
              <Input
                className="mono"
                style={{ flex: '1 1 140px' }}
                aria-label={t('secrets.variableOf', { number })}
                placeholder={row.key ?? t('secrets.variable')}
                value={row.name ?? ''}
                onChange={(event) => change(index, { ...row, name: event.target.value })}
              />
            )}
            <InputNumber<number>
              style={{ flex: '0 1 110px' }}
              min={1}
              aria-label={t('secrets.versionOf', { number })}
              placeholder={t('secrets.newest')}
              value={row.version ?? null}
              onChange={(version) => change(index, { ...row, version: version ?? undefined })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('secrets.remove', { number })}
              onClick={() => put(value.filter((_, place) => place !== index))}
            />
          </Flex>
        );
      })}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => put([...value, { secret: offers.secrets[0]?.value ?? '' }])}
      >
        {t(`secrets.${part}Add`)}
      </Button>
    </Form.Item>
  );
}
