import { PlusOutlined, RocketOutlined } from '@ant-design/icons';

export const icon = <RocketOutlined />;
export const newIcon = <PlusOutlined />;
