import { SettingOutlined } from '@ant-design/icons';
import { prefer, usePreferences } from '@shared/preferences';
import { Button, Checkbox, Flex, Popover } from 'antd';
import { useTranslation } from 'react-i18next';

interface Choice {
  key: string;
  title: string;
  always?: boolean;
  optional?: boolean;
}

/** The columns that are shown, in the order they are declared; remembered by the table's name. */
export function useShownColumns(name: string, columns: readonly Choice[]): [string[], (keys: string[]) => void] {
  const { columns: remembered } = usePreferences();
  const chosen = remembered[name];
  const shown = columns
    .filter((column) => column.always || (chosen ? chosen.includes(column.key) : !column.optional))
    .map((column) => column.key);
  return [shown, (keys) => prefer({ columns: { ...remembered, [name]: keys } })];
}

interface Props {
  columns: readonly Choice[];
  shown: readonly string[];
  onChange: (keys: string[]) => void;
}

export function ColumnChooser({ columns, shown, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('table.columns')}
      content={
        <Checkbox.Group value={[...shown]} onChange={onChange}>
          <Flex vertical gap={4}>
            {columns.map((column) => (
              <Checkbox key={column.key} value={column.key} disabled={column.always ?? false}>
                {column.title}
              </Checkbox>
            ))}
          </Flex>
        </Checkbox.Group>
      }
    >
      <Button
        size="small"
        type="text"
        icon={<SettingOutlined />}
        aria-label={t('table.columns')}
        title={t('table.columns')}
      />
    </Popover>
  );
}
