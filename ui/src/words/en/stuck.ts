/** Words for whoever was stopped on Microsoft's own page, from where no answer comes back. */
export const stuck = {
  "stuck.title": "Did Microsoft show a message?",
  "stuck.sentence": "Some messages end there, and nothing comes back to this window. Pick what you saw.",
  "stuck.admin": "It asks for an admin",
  "stuck.adminHint": "Such as “Need admin approval”",
  "stuck.adminWrite":
    "Your admin can say yes. Gatehouse writes the letter for you, and you do not start over.",
  "stuck.adminWriteButton": "Write to my admin",
  "stuck.adminBack": "You have a letter for your admin. Go back to it, and send it.",
  "stuck.adminBackButton": "Back to the letter",
  "stuck.adminAsk": "Ask your admin to allow this app for you. Then try once more.",
  "stuck.account": "It does not know my account",
  "stuck.accountHint": "Or the account is from another place",
  "stuck.accountOther": "Use another account. Or ask the people there to add you as a guest.",
  "stuck.accountSame": "This is for {name}. Pick that account on the page.",
  "stuck.accountButton": "Pick another account",
  "stuck.off": "My account is locked or switched off",
  "stuck.offNext": "Ask your admin, or do what the page says. Then try once more.",
  "stuck.rule": "A rule stops me",
  "stuck.ruleHint": "It may be about the device, the place or who may use the app",
  "stuck.ruleNext":
    "Try on a device from your work or school. Or ask your admin: the code on the page tells them which rule it is.",
  "stuck.app": "It does not find the app",
  "stuck.appNext":
    "The client ID may be wrong. Check it with the person who gave it to you. Nothing was changed.",
  "stuck.appButton": "Stop and check",
  "stuck.none": "Something else, or I closed the page",
  "stuck.noneNext": "Nothing was changed. Try once more, or stop here.",
  "stuck.again": "Try again",
} as const;
