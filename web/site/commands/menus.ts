/** What menus of commands need, loaded when the first one opens. */
export { ContextMenu } from "../../design/context-menu.tsx";
export { entriesOf, formed, run } from "./entries.ts";
