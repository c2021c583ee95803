import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { KEYS, type SecretKind, type Values } from '../api';
import { type Entry, ValuesField, valuesOf } from './ValuesField';

export interface Typed {
  entries?: Entry[];
  known?: Record<string, string>;
}

/** What was typed, as it is sent: the known entries of a kind, or free ones. */
export function typedValues(kind: SecretKind, typed: Typed): Values {
  if (kind === 'opaque') return valuesOf(typed.entries ?? []);
  const given = Object.entries(typed.known ?? {}).filter(([, value]) => value);
  return { data: Object.fromEntries(given), binary_data: {} };
}

/** The part of a form in which the values are typed. */
export function Entries({ kind }: { kind: SecretKind }) {
  const { t } = useTranslation('secrets');
  if (kind === 'opaque')
    return (
      <Form.Item name="entries" label={t('values')} extra={t('valuesHelp')} initialValue={[{ key: '', text: '' }]}>
        <ValuesField />
      </Form.Item>
    );
  return KEYS[kind].map(({ key, optional, lines }) => {
    const known = key as 'username' | 'password' | 'ssh-privatekey' | 'known_hosts';
    const props = { autoComplete: 'off', spellCheck: false, className: 'mono' };
    return (
      <Form.Item
        key={key}
        name={['known', key]}
        label={t(`fields.${known}`)}
        extra={t(`fieldHelp.${known}`)}
        rules={optional ? [] : [{ required: true, message: t('needsValue') }]}
      >
        {lines ? (
          <Input.TextArea {...props} autoSize={{ minRows: 3, maxRows: 8 }} />
        ) : key === 'password' ? (
          <Input.Password {...props} autoComplete="new-password" />
        ) : (
          <Input {...props} />
        )}
      </Form.Item>
    );
  });
}
