import { http } from '@shared/api/http';
import { FormModal } from '@shared/components/FormModal';
import { useKey } from '@shared/i18n/key';
import type { SessionProject } from '@shared/session/session';
import { Form, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MemberInput, membersPath } from '../api';

interface Props {
  open: boolean;
  /** Null: a role on the platform. */
  tenantId: string | null;
  roles: readonly MemberInput['role'][];
  projects?: readonly SessionProject[];
  onClose: () => void;
}

export function AddMember({ open, tenantId, roles, projects, onClose }: Props) {
  const { t } = useTranslation('members');
  const key = useKey();
  const [who, setWho] = useState<'email' | 'group' | 'service_account'>('email');
  return (
    <FormModal<MemberInput>
      open={open}
      title={t('add')}
      submit={t('add')}
      initial={{ role: roles.includes('developer') ? 'developer' : roles.at(-1) }}
      act={(values) => http.post(membersPath(tenantId), values)}
      done={t('added')}
      changes={[['members', tenantId]]}
      onClose={onClose}
    >
      <Segmented
        aria-label={t('who')}
        style={{ marginBottom: 16 }}
        value={who}
        onChange={setWho}
        options={[
          { value: 'email', label: t('user') },
          { value: 'group', label: t('group') },
          ...(tenantId ? [{ value: 'service_account' as const, label: t('program') }] : []),
        ]}
      />
      {who === 'email' ? (
        <Form.Item
          key="email"
          name="email"
          label={t('email')}
          extra={t(tenantId ? 'colleagueHelp' : 'emailHelp')}
          rules={[{ required: true, type: 'email' }]}
        >
          <Input type="email" autoComplete="off" />
        </Form.Item>
      ) : (
        <Form.Item
          key={who}
          name={who}
          label={t(who === 'group' ? 'groupName' : 'programName')}
          rules={[{ required: true }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="role" label={t('roleLabel')} rules={[{ required: true }]}>
        <Select
          options={roles.map((role) => ({
            value: role,
            label: key(`shared:role.${role}.name`),
            text: key(`shared:role.${role}.text`),
          }))}
          optionRender={({ data }) => (
            <div>
              <div>{data.label}</div>
              <div className="muted" style={{ whiteSpace: 'normal' }}>
                {data.text}
              </div>
            </div>
          )}
        />
      </Form.Item>
      {projects ? (
        <Form.Item name="project" label={t('where')} extra={t('whereHelp')}>
          <Select
            allowClear
            placeholder={t('wholeTenant')}
            options={projects.map((project) => ({ value: project.id, label: project.name }))}
          />
        </Form.Item>
      ) : null}
    </FormModal>
  );
}
