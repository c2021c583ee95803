import { http } from '@shared/api/http';
import { FormModal } from '@shared/components/FormModal';
import { PermissionPicker } from '@shared/components/PermissionPicker';
import { useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type NewToken, permissionsQuery, rolesQuery, type ServiceAccount, tokensPath } from '../api';

const DAYS = [7, 30, 90, 365] as const;
const DAY_MS = 86_400_000;

interface Given {
  name: string;
  project?: string;
  permissions: string[];
  days: number;
}

interface Props {
  account: ServiceAccount;
  open: boolean;
  onClose: () => void;
  onMade: (made: NewToken) => void;
}

/** Makes a token of a service account. */
export function NewProgramToken({ account, open, onClose, onMade }: Props) {
  const { t } = useTranslation('people');
  const tenant = useTenant();
  const held = useHeld(account);
  return (
    <FormModal<Given, NewToken>
      open={open}
      width={640}
      title={t('tokens.new')}
      submit={t('tokens.make')}
      initial={{ days: 90, permissions: [] }}
      act={({ days, ...given }) =>
        http.post(tokensPath(account), { ...given, expires_at: new Date(Date.now() + days * DAY_MS).toISOString() })
      }
      changes={[['service-tokens', account.id]]}
      onClose={onClose}
      onDone={onMade}
    >
      <Form.Item
        name="name"
        label={t('tokens.name')}
        extra={t('tokens.nameHelp')}
        rules={[{ required: true, whitespace: true, max: 100 }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="project" label={t('tokens.where')}>
        <Select
          allowClear
          placeholder={t('tokens.whole')}
          options={tenant.projects.map((project) => ({ value: project.id, label: project.name }))}
        />
      </Form.Item>
      <Form.Item name="days" label={t('tokens.expires')} rules={[{ required: true }]}>
        <Select options={DAYS.map((days) => ({ value: days, label: t('tokens.dayCount', { count: days }) }))} />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={t('tokens.permissions')}
        extra={t('tokens.permissionsHelp')}
        rules={[{ required: true, type: 'array', min: 1, message: t('tokens.permissionsMissing') }]}
      >
        <PermissionPicker offered={held} />
      </Form.Item>
    </FormModal>
  );
}

/** Permissions that the account holds somewhere, by its roles. */
function useHeld(account: ServiceAccount): string[] {
  const roles = new Set(useQuery(rolesQuery(account)).data?.results.map(({ role }) => role));
  const table = useQuery(permissionsQuery).data?.results ?? [];
  return table.filter((row) => row.roles.some((role) => roles.has(role))).map(({ permission }) => permission);
}
