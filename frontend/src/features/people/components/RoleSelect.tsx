import { useKey } from '@shared/i18n/key';
import { Select } from 'antd';

interface Props {
  roles: readonly string[];
  allowClear?: boolean;
  placeholder?: string;
  id?: string;
  value?: string;
  onChange?: (role: string) => void;
}

/** A role, with what it means. A field of a form. */
export function RoleSelect({ roles, ...field }: Props) {
  const key = useKey();
  return (
    <Select
      {...field}
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
  );
}
