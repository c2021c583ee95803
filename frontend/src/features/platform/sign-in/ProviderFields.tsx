import { MinusCircleOutlined } from '@ant-design/icons';
import { CopyButton } from '@shared/components/CopyButton';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Flex, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { groupsQuery } from '../api';
import './words';

export interface ProviderValues {
  slug: string;
  name: string;
  issuer: string;
  client_id: string;
  secret?: string;
  domains: string[];
  creates_accounts: boolean;
  asks_second_factor: boolean;
  signs_out_there: boolean;
  is_active: boolean;
  groups_claim: string;
  group_rules: { value: string; group: string; group_name?: string | null }[];
}

const CHOICES = [
  ['creates_accounts', 'creates'],
  ['asks_second_factor', 'asks'],
  ['signs_out_there', 'leaves'],
  ['is_active', 'active'],
] as const;

/** Fields of a provider; `isNew` asks for what never changes later, and for the secret. */
export function ProviderFields({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation('providers');
  const required = [{ required: true, whitespace: true }];
  const slug = Form.useWatch('slug') as string | undefined;
  const leaves = Form.useWatch('signs_out_there') as boolean | undefined;
  const signedOut = `${location.origin}/sign-in`;
  const callback = `${location.origin}/sign-in/${slug || '…'}/callback/`;
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={required}>
        <Input autoComplete="off" maxLength={100} />
      </Form.Item>
      <Form.Item name="slug" label={t('slug')} extra={isNew ? t('slugHelp') : null} rules={isNew ? required : []}>
        <Input autoComplete="off" spellCheck={false} disabled={!isNew} />
      </Form.Item>
      <Form.Item label={t('callback')} extra={t('callbackHelp')}>
        <code className="mono">{callback}</code> <CopyButton text={callback} />
      </Form.Item>
      <Form.Item name="issuer" label={t('issuer')} extra={t('issuerHelp')} rules={required}>
        <Input autoComplete="off" spellCheck={false} inputMode="url" />
      </Form.Item>
      <Form.Item name="client_id" label={t('client')} rules={required}>
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="secret"
        label={t('secret')}
        extra={t(isNew ? 'secretHelp' : 'secretKept')}
        rules={isNew ? required : []}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="domains"
        label={t('domains')}
        extra={t('domainsHelp')}
        rules={[{ required: true, type: 'array', min: 1 }]}
      >
        <Select mode="tags" tokenSeparators={[',', ' ']} open={false} suffixIcon={null} placeholder="aurora.example" />
      </Form.Item>
      {CHOICES.map(([name, words]) => (
        <Form.Item key={name} name={name} valuePropName="checked" style={{ marginBottom: 4 }}>
          <Checkbox>{t(words)}</Checkbox>
        </Form.Item>
      ))}
      {leaves ? (
        <Form.Item label={t('signedOut')} extra={t('callbackHelp')}>
          <code className="mono">{signedOut}</code> <CopyButton text={signedOut} />
        </Form.Item>
      ) : null}
      <GroupRules />
    </>
  );
}

function GroupRules() {
  const { t } = useTranslation('providers');
  const form = Form.useFormInstance<ProviderValues>();
  const isBroken = (place: number) => form.getFieldValue(['group_rules', place, 'group_name']) === null;
  const { t: shared } = useTranslation();
  const groups = useQuery(groupsQuery({ limit: 500, order: 'name' })).data?.results ?? [];
  const options = groups.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <fieldset className="plain-fieldset">
      <legend>{t('rules')}</legend>
      <p className="muted">{t('rulesHelp')}</p>
      <Form.Item name="groups_claim" label={t('claim')}>
        <Input autoComplete="off" spellCheck={false} placeholder="groups" />
      </Form.Item>
      <Form.List name="group_rules">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <Flex key={field.key} gap={8} align="flex-start">
                <Form.Item name={[field.name, 'value']} rules={[{ required: true }]} style={{ flex: 1 }}>
                  <Input aria-label={t('value')} placeholder={t('value')} autoComplete="off" />
                </Form.Item>
                <Form.Item
                  name={[field.name, 'group']}
                  rules={[{ required: true }]}
                  style={{ flex: 1 }}
                  {...(isBroken(field.name) ? { validateStatus: 'warning', help: t('broken') } : {})}
                >
                  <Select
                    aria-label={t('group')}
                    placeholder={t('group')}
                    showSearch={{ optionFilterProp: 'label' }}
                    options={options}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<MinusCircleOutlined />}
                  aria-label={t('removeRule')}
                  onClick={() => remove(field.name)}
                />
              </Flex>
            ))}
            <Button onClick={() => add()}>{fields.length ? shared('add') : t('addRule')}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
