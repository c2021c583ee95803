import { MoreOutlined } from '@ant-design/icons';
import { can } from '@shared/components/Can';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { StatusTag } from '@shared/components/StatusTag';
import { useSaid } from '@shared/i18n/said';
import { useProject } from '@shared/session/place';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Dropdown, Form, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ACCESSES, type Access, type AppDetail, appPath, changeApp } from '../api';
import { bodyOfScales, type Scales, scalesOf } from '../model/form';
import { useAppActs } from './useAppActs';

/** What it is called, how it is and why, and what one may do with it. */
export function AppHeader({ app }: { app: AppDetail }) {
  const { t } = useTranslation('apps');
  const { t: shared } = useTranslation();
  const said = useSaid();
  const navigate = useNavigate();
  const { tenant, project } = useProject();
  const where = { tenant: tenant.slug, project: project.slug };
  const acts = useAppActs(project.id, () => void navigate({ to: '/t/$tenant/p/$project/apps', params: where }));
  const [setting, setSetting] = useState(false);
  const deploys = can(app, 'apps.deploy') && app.phase !== 'deleting';
  const message = said(app.said, app.message);
  const wrong = app.phase === 'failed' || app.phase === 'degraded';
  return (
    <>
      <PageHeader
        title={app.name}
        trail={[
          <Link key="apps" to="/t/$tenant/p/$project/apps" params={where}>
            {shared('pages.apps')}
          </Link>,
        ]}
        api={{ method: 'GET', path: appPath(app.project_id, app.id) }}
        facts={
          <>
            <StatusTag status={app.phase} />
            {wrong ? null : <span>{message}</span>}
            <span>{t('number', { number: app.serving_revision ?? app.revision })}</span>
            <span>{t('byWhom', { name: app.owner.name })}</span>
          </>
        }
        actions={
          <>
            {can(app, 'apps.stop') && !app.stopped && app.phase !== 'deleting' ? (
              <Button danger loading={acts.busy} onClick={() => acts.stop(app)}>
                {t('stop')}
              </Button>
            ) : null}
            {deploys && app.stopped ? (
              <Button loading={acts.busy} onClick={() => acts.start(app)}>
                {t('start')}
              </Button>
            ) : null}
            {deploys ? (
              <>
                <Button onClick={() => setSetting(true)}>{t('settings')}</Button>
                <Link to="/t/$tenant/p/$project/apps/$app/change" params={{ ...where, app: app.id }}>
                  <Button type="primary">{t('change')}</Button>
                </Link>
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: [{ key: 'remove', label: t('remove'), danger: true }],
                    onClick: () => acts.remove(app),
                  }}
                >
                  <Button icon={<MoreOutlined />} aria-label={t('more')} />
                </Dropdown>
              </>
            ) : null}
          </>
        }
      />
      {app.description ? <p>{app.description}</p> : null}
      {wrong ? (
        <Alert
          type={app.phase === 'failed' ? 'error' : 'warning'}
          showIcon
          title={message}
          style={{ marginBottom: 16 }}
        />
      ) : null}
      <FormModal<{ replicas: number; autoscaling: Scales; access: Access; description: string }, AppDetail>
        open={setting}
        title={t('settings')}
        submit={shared('save')}
        initial={{
          replicas: app.replicas,
          autoscaling: scalesOf(app),
          access: app.access,
          description: app.description,
        }}
        act={({ autoscaling, ...values }) =>
          changeApp(app, { ...values, autoscaling: bodyOfScales({ ...scalesOf(app), ...autoscaling }) })
        }
        done={t('settingsDone', { name: app.name })}
        changes={acts.changes(app)}
        onClose={() => setSetting(false)}
      >
        <Form.Item name="replicas" label={t('form.replicas')}>
          <InputNumber min={1} max={100} precision={0} />
        </Form.Item>
        {app.inside_address ? <ScaleFields /> : null}
        <Form.Item name="access" label={t('form.access')}>
          <AccessChoice />
        </Form.Item>
        <Form.Item name="description" label={t('form.description')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
        </Form.Item>
      </FormModal>
    </>
  );
}

/** How far an app grows with its load, beyond its replicas. */
export function ScaleFields() {
  const { t } = useTranslation('apps');
  return (
    <>
      <Form.Item name={['autoscaling', 'max_replicas']} label={t('form.most')} extra={t('form.mostHelp')}>
        <InputNumber min={1} max={100} precision={0} />
      </Form.Item>
      <Form.Item name={['autoscaling', 'cpu_percent']} label={t('form.percent')}>
        <InputNumber min={1} max={100} precision={0} />
      </Form.Item>
    </>
  );
}

/** Who may call, each with what that means. */
export function AccessChoice(field: { id?: string; value?: Access; onChange?: (event: unknown) => void }) {
  const { t } = useTranslation('apps');
  return (
    <Radio.Group
      {...field}
      vertical
      options={ACCESSES.map((value) => ({
        value,
        label: (
          <>
            {t(`access.${value}`)} <span className="muted">{t(`accessText.${value}`)}</span>
          </>
        ),
      }))}
    />
  );
}
