/** Everyday answers first; further ones by what they are about. Any other emoji of Unicode can be had by the API. */
export const quick = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export const more = [
  ..."👎👌👏🙌🤝💪🫡👀🤞✋👋🫶",
  ..."😀😄😅🙂😉😊😍🤗🤔😐🙄😬😴🤒😎🥳😱😡🤯🤷🤦💯",
  ..."🔥🎉🎂🎁🏆⭐✨💡💔💚💙✅❌❗❓⏳⏰📌📎📦🚚📄📈📉💰☕🍕",
];
