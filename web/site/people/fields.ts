/** The two fields in which users are chosen, with all that hooks have to do with them. */
export { MentionList } from "../conversation/mention-list.tsx";
export { PeoplePicker } from "./picker.tsx";
