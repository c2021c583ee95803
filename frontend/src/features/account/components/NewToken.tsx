import { http } from '@shared/api/http';
import { FormModal } from '@shared/components/FormModal';
import { PermissionPicker } from '@shared/components/PermissionPicker';
import { SecretOnce } from '@shared/components/SecretOnce';
import { useSession } from '@shared/session/session';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Token, TokenInput } from '../api';

interface Given {
  name: string;
  /** "tenant:<id>", "project:<id>"; empty: everywhere. */
  where?: string;
  permissions: TokenInput['permissions'];
  days: number;
}

const DAYS = [7, 30, 90, 365] as const;
const DAY_MS = 86_400_000;

const bodyOf = ({ name, where, permissions, days }: Given): TokenInput => {
  const [kind, id] = where?.split(':') ?? [];
  return {
    name,
    permissions,
    expires_at: new Date(Date.now() + days * DAY_MS).toISOString(),
    ...(kind === 'tenant' && id ? { tenant: id } : {}),
    ...(kind === 'project' && id ? { project: id } : {}),
  };
};

/** Makes a token and shows it, once. */
export function NewToken({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('account');
  const [made, setMade] = useState<(Token & { token: string }) | null>(null);
  return (
    <>
      <FormModal<Given, Token & { token: string }>
        open={open}
        width={640}
        title={t('tokens.new')}
        submit={t('tokens.make')}
        initial={{ days: 30, permissions: [] }}
        act={(given) => http.post('/me/tokens/', bodyOf(given))}
        changes={[['me', 'tokens']]}
        onClose={onClose}
        onDone={setMade}
      >
        <TokenFields />
      </FormModal>
      <SecretOnce
        secret={made?.token ?? null}
        title={made?.name ?? ''}
        label={t('tokens.token')}
        warning={t('tokens.once')}
        kept={t('tokens.kept')}
        onClose={() => setMade(null)}
      >
        <p className="muted">{t('tokens.use')}</p>
        <pre className="mono code-block">{`export HANSE_TOKEN=…\ncurl -H "Authorization: Bearer $HANSE_TOKEN" ${location.origin}/api/v1/me/`}</pre>
      </SecretOnce>
    </>
  );
}

function TokenFields() {
  const { t } = useTranslation('account');
  const session = useSession();
  const form = Form.useFormInstance<Given>();
  const where = Form.useWatch('where', form) as string | undefined;
  const held = useHeld(where);
  const places = [
    { value: '', label: t('tokens.everywhere') },
    ...session.tenants.flatMap((tenant) => [
      { value: `tenant:${tenant.id}`, label: tenant.name },
      ...tenant.projects.map((project) => ({
        value: `project:${project.id}`,
        label: `${tenant.name} / ${project.name}`,
      })),
    ]),
  ];
  return (
    <>
      <Form.Item
        name="name"
        label={t('tokens.name')}
        extra={t('tokens.nameHelp')}
        rules={[{ required: true, whitespace: true, max: 100 }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="where" label={t('tokens.where')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('tokens.everywhere')}
          options={places}
          onChange={() => form.setFieldValue('permissions', [])}
        />
      </Form.Item>
      <Form.Item name="days" label={t('tokens.expires')} rules={[{ required: true }]}>
        <Select options={DAYS.map((days) => ({ value: days, label: t('tokens.days', { count: days }) }))} />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={t('tokens.permissions')}
        extra={t('tokens.permissionsHelp')}
        rules={[{ required: true, type: 'array', min: 1, message: t('tokens.permissionsMissing') }]}
      >
        <PermissionPicker offered={held} />
      </Form.Item>
    </>
  );
}

/** Permissions that the person holds at a place: no token holds more. */
function useHeld(where: string | undefined): string[] {
  const session = useSession();
  const id = where?.split(':')[1];
  const places = session.tenants.flatMap((tenant) => [
    { ids: [tenant.id], can: tenant.can },
    ...tenant.projects.map((project) => ({ ids: [tenant.id, project.id], can: project.can })),
  ]);
  const here = places.filter(({ ids }) => !id || ids.includes(id)).flatMap(({ can }) => can);
  return [...new Set([...session.can, ...here])].sort();
}
