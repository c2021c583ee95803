import { send } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { sessionQuery } from '@shared/session/session';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Given {
  current_password: string;
  new_password: string;
  again: string;
}

/** Errors as the sign-in endpoints write them. */
interface Refusal {
  message: string;
  param?: keyof Given;
}

export function PasswordForm({ temporary }: { temporary: boolean }) {
  const { t } = useTranslation('account');
  const [form] = Form.useForm<Given>();
  const [problem, setProblem] = useState<unknown>(null);
  const change = useAct<Given>({
    act: ({ current_password, new_password }) =>
      send('POST', '/_allauth/browser/v1/account/password/change', { body: { current_password, new_password } }),
    done: t('password.done'),
    changes: [sessionQuery.queryKey],
    onDone: () => {
      setProblem(null);
      form.resetFields();
    },
    onProblem: (error) => {
      const refusals = isProblem(error) ? (error.document.errors as unknown as Refusal[] | undefined) : undefined;
      const placed = refusals?.filter(({ param }) => param) ?? [];
      for (const { param, message } of placed) if (param) form.setFields([{ name: param, errors: [message] }]);
      setProblem(placed.length > 0 ? null : error);
    },
  });
  return (
    <section aria-labelledby="password">
      <h2 id="password" className="section-title">
        {t('password.title')}
      </h2>
      {temporary ? (
        <Alert type="warning" showIcon title={t('password.temporary')} style={{ marginBottom: 12 }} />
      ) : null}
      <Form<Given> form={form} layout="vertical" onFinish={(given) => change.mutate(given)} style={{ maxWidth: 360 }}>
        <Form.Item name="current_password" label={t('password.current')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="new_password"
          label={t('password.new')}
          extra={t('password.help')}
          rules={[{ required: true, min: 10 }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('password.again')}
          dependencies={['new_password']}
          rules={[
            { required: true },
            ({ getFieldValue }) => ({
              validator: (_, typed) =>
                !typed || typed === getFieldValue('new_password')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('password.differ'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {problem ? <ErrorPanel error={problem} /> : null}
        <Button htmlType="submit" loading={change.isPending}>
          {t('password.submit')}
        </Button>
      </Form>
    </section>
  );
}
