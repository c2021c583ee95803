import { useAct } from '@shared/api/useAct';
import type { QueryKey } from '@tanstack/react-query';
import { Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { ErrorPanel } from './ErrorPanel';
import { showOnFields } from './form';

interface Props<Values extends object, Answer> {
  open: boolean;
  title: string;
  submit: string;
  initial: Partial<Values>;
  act: (values: Values) => Promise<Answer>;
  done?: string;
  changes?: readonly QueryKey[];
  onClose: () => void;
  onDone?: (answer: Answer) => void;
  children: ReactNode | ((form: FormInstance<Values>) => ReactNode);
  width?: number;
  /** For what cannot simply be taken back. */
  danger?: boolean;
}

/** A small form in a dialog: what the server refuses appears on its field, and nothing typed is lost. */
export function FormModal<Values extends object, Answer = unknown>(props: Props<Values, Answer>) {
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<unknown>(null);
  const save = useAct<Values, Answer>({
    act: props.act,
    ...(props.done ? { done: props.done } : {}),
    ...(props.changes ? { changes: props.changes } : {}),
    onDone: (answer) => {
      props.onClose();
      props.onDone?.(answer);
    },
    onProblem: (error) => setProblem(showOnFields(form, error)),
  });
  return (
    <Modal
      open={props.open}
      title={props.title}
      okText={props.submit}
      confirmLoading={save.isPending}
      okButtonProps={{ danger: Boolean(props.danger) }}
      onOk={() => form.submit()}
      onCancel={props.onClose}
      destroyOnHidden
      afterClose={() => {
        setProblem(null);
        form.resetFields();
      }}
      {...(props.width ? { width: props.width } : {})}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={props.initial as Values}
        onFinish={(values) => {
          setProblem(null);
          save.mutate(values);
        }}
      >
        {typeof props.children === 'function' ? props.children(form) : props.children}
        {problem ? <ErrorPanel error={problem} /> : null}
      </Form>
    </Modal>
  );
}
