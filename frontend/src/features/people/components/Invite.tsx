import { http } from '@shared/api/http';
import { can } from '@shared/components/Can';
import { FormModal } from '@shared/components/FormModal';
import { SecretOnce } from '@shared/components/SecretOnce';
import { useTenant } from '@shared/session/place';
import { App, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { invitationsPath, type NewInvitation, ROLES } from '../api';
import { RoleSelect } from './RoleSelect';

const DAYS = [1, 3, 7, 14, 30] as const;

interface Given {
  email: string;
  role: (typeof ROLES)[number];
  project?: string;
  days: number;
}

/** Offers somebody a role. */
export function Invite({
  open,
  onClose,
  onMade,
}: {
  open: boolean;
  onClose: () => void;
  onMade: (made: NewInvitation) => void;
}) {
  const { t } = useTranslation('people');
  const tenant = useTenant();
  const roles = ROLES.filter((role) => role !== 'owner' || can(tenant, 'owners.manage'));
  return (
    <FormModal<Given, NewInvitation>
      open={open}
      title={t('invitations.new')}
      submit={t('invitations.make')}
      initial={{ role: 'developer', days: 7 }}
      act={(given) => http.post(invitationsPath(tenant.id), given)}
      changes={[['invitations', tenant.id]]}
      onClose={onClose}
      onDone={onMade}
    >
      <Form.Item
        name="email"
        label={t('invitations.email')}
        extra={t('invitations.emailHelp')}
        rules={[{ required: true, type: 'email' }]}
      >
        <Input type="email" autoComplete="off" />
      </Form.Item>
      <Form.Item name="role" label={t('invitations.role')} rules={[{ required: true }]}>
        <RoleSelect roles={roles} />
      </Form.Item>
      <Form.Item name="project" label={t('invitations.where')}>
        <Select
          allowClear
          placeholder={t('invitations.whole')}
          options={tenant.projects.map((project) => ({ value: project.id, label: project.name }))}
        />
      </Form.Item>
      <Form.Item name="days" label={t('invitations.days')}>
        <Select options={DAYS.map((days) => ({ value: days, label: t('invitations.dayCount', { count: days }) }))} />
      </Form.Item>
    </FormModal>
  );
}

/** Says how an invitation reaches who is invited: by mail, or by the link, which is shown once. */
export function Issued({ made, onClose }: { made: NewInvitation | null; onClose: () => void }) {
  const { t } = useTranslation('people');
  return (
    <SecretOnce
      secret={made?.link ?? null}
      title={made?.email ?? ''}
      label={t('invitations.link')}
      warning={t(made?.mailed ? 'invitations.linkAlso' : 'invitations.linkOnce', { email: made?.email ?? '' })}
      kept={t('invitations.kept')}
      onClose={onClose}
    />
  );
}

/** What to do with an issue: show its link, or say that it went by mail. */
export function useIssued(show: (made: NewInvitation) => void) {
  const { t } = useTranslation('people');
  const { message } = App.useApp();
  return (made: NewInvitation) => {
    if (made.link) show(made);
    else void message.success(t('invitations.mailed', { email: made.email }));
  };
}
