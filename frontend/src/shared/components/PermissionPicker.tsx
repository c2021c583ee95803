import { useKey } from '@shared/i18n/key';
import { Checkbox, Flex } from 'antd';
import { useTranslation } from 'react-i18next';

const areaOf = (permission: string) => permission.split('.')[0] ?? '';

interface Props {
  offered: readonly string[];
  value?: string[];
  onChange?: (chosen: string[]) => void;
}

/** Chooses permissions, by area. A field of a form: `value` and `onChange` come from it. */
export function PermissionPicker({ offered, value = [], onChange }: Props) {
  const { t } = useTranslation('permission');
  const key = useKey();
  const areas = [...new Set(offered.map(areaOf))];
  const reading = offered.filter((permission) => permission.endsWith('.view'));
  return (
    <div className="permission-picker">
      <Flex gap={16}>
        <Checkbox
          checked={offered.length > 0 && value.length === offered.length}
          indeterminate={value.length > 0 && value.length < offered.length}
          onChange={({ target }) => onChange?.(target.checked ? [...offered] : [])}
        >
          {t('all')}
        </Checkbox>
        <button type="button" className="link" onClick={() => onChange?.(reading)}>
          {t('readOnly')}
        </button>
      </Flex>
      <Checkbox.Group value={value} onChange={onChange}>
        {areas.map((area) => (
          <fieldset key={area}>
            <legend className="muted">{key(`permission:area.${area}`, { fallback: area })}</legend>
            {offered
              .filter((permission) => areaOf(permission) === area)
              .map((permission) => (
                <Checkbox key={permission} value={permission}>
                  {key(`permission:${permission.replace('.', '-')}`, { fallback: permission })}
                </Checkbox>
              ))}
          </fieldset>
        ))}
      </Checkbox.Group>
    </div>
  );
}
