import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { showOnFields } from '@shared/components/form';
import { PageHeader } from '@shared/components/PageHeader';
import { ExactTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { languageCode, languageOf, prefer, type Theme, usePreferences } from '@shared/preferences';
import { type Session, sessionQuery, useSession } from '@shared/session/session';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Profile {
  name: string;
  language: string;
  time_zone: string;
  theme: Theme;
}

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'zh-hans', label: '简体中文' },
];

export function ProfilePage() {
  const { t } = useTranslation('account');
  const { t: shared } = useTranslation();
  const key = useKey();
  const cache = useQueryClient();
  const session = useSession();
  const { user } = session;
  const { language } = usePreferences();
  const [form] = Form.useForm<Profile>();
  const [problem, setProblem] = useState<unknown>(null);
  const [opened] = useState(() => new Date().toISOString());
  const save = useAct<Profile, Session>({
    act: (profile) => http.patch('/me/', profile, { etag: etagOf(user) }),
    done: shared('saved'),
    onDone: (answer) => {
      cache.setQueryData(sessionQuery.queryKey, answer);
      prefer({ language: languageOf(answer.user.language), theme: answer.user.theme as Theme });
    },
    onProblem: (error) => setProblem(showOnFields(form, error)),
  });
  const zones = [
    { value: '', label: t('profile.browserZone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone }) },
    ...Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone })),
  ];
  const tenantName = (id: string | null) => session.tenants.find((tenant) => tenant.id === id)?.name;
  return (
    <div className="page" style={{ maxWidth: 720 }}>
      <PageHeader title={t('profile.title')} facts={<span>{user.email}</span>} api={{ method: 'GET', path: '/me/' }} />
      <Form<Profile>
        form={form}
        layout="vertical"
        initialValues={{ ...user, language: user.language || languageCode(language) }}
        onFinish={(profile) => {
          setProblem(null);
          save.mutate(profile);
        }}
      >
        <Form.Item name="name" label={shared('name')} rules={[{ required: true, whitespace: true, max: 150 }]}>
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item name="language" label={t('profile.language')} extra={t('profile.languageHelp')}>
          <Select options={LANGUAGES} />
        </Form.Item>
        <Form.Item name="time_zone" label={t('profile.zone')} extra={<ExactTime at={opened} />}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={zones} />
        </Form.Item>
        <Form.Item name="theme" label={t('profile.theme')}>
          <Select
            options={(['system', 'light', 'dark'] as const).map((theme) => ({
              value: theme,
              label: key(`shell:theme.${theme}`),
            }))}
          />
        </Form.Item>
        {problem ? <ErrorPanel error={problem} /> : null}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {shared('save')}
        </Button>
      </Form>
      <section aria-labelledby="my-roles">
        <h2 id="my-roles" className="section-title">
          {t('profile.roles')}
        </h2>
        {session.roles.length === 0 ? <p className="muted">{t('profile.noRole')}</p> : null}
        <ul>
          {session.roles.map((role) => (
            <li key={`${role.role} ${role.tenant_id} ${role.project_id} ${role.group}`}>
              <strong>{key(`shared:role.${role.role}.name`, { fallback: role.role })}</strong>{' '}
              <span className="muted">
                {[
                  role.tenant_id ? tenantName(role.tenant_id) : t('profile.platform'),
                  session.tenants.flatMap(({ projects }) => projects).find(({ id }) => id === role.project_id)?.name,
                  role.group && t('profile.byGroup', { group: role.group }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
