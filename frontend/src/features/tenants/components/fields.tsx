/** Fields that tenants and projects share. */
import { Form, Input } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export const SLUG = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** "Aurora Robotics GmbH" -> "aurora-robotics-gmbh"; what has no Latin letters leaves nothing. */
export const slugOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');

type Path = string | (string | number)[];

export function NameField({ name = 'name' }: { name?: Path }) {
  const { t } = useTranslation('tenants');
  return (
    <Form.Item name={name} label={t('fields.name')} rules={[{ required: true, whitespace: true, max: 150 }]}>
      <Input autoComplete="off" />
    </Form.Item>
  );
}

/** The name in addresses, suggested from the name at `after` until somebody writes their own. */
export function SlugField({ name = 'slug', after }: { name?: Path; after: Path }) {
  const { t } = useTranslation('tenants');
  const form = Form.useFormInstance();
  const source = Form.useWatch(after, form) as string | undefined;
  const suggested = useRef('');
  useEffect(() => {
    const current = (form.getFieldValue(name) as string | undefined) ?? '';
    if (current !== suggested.current) return;
    suggested.current = slugOf(source ?? '');
    form.setFieldValue(name, suggested.current || undefined);
  }, [form, name, source]);
  return (
    <Form.Item
      name={name}
      label={t('fields.slug')}
      extra={t('fields.slugHelp')}
      rules={[{ required: true }, { pattern: SLUG, message: t('fields.slugPattern') }]}
    >
      <Input autoComplete="off" spellCheck={false} />
    </Form.Item>
  );
}

export function DescriptionField({ name = 'description' }: { name?: Path }) {
  const { t } = useTranslation('tenants');
  return (
    <Form.Item name={name} label={t('fields.description')} rules={[{ max: 2000 }]}>
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
    </Form.Item>
  );
}
