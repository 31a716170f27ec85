/** Words of Welcome. */
export const welcome = {
  "welcome.title": "Connect Microsoft 365 with the products that plug into it",
  "welcome.practiseTitle": "Practise first",
  "welcome.practiseSentence":
    "Try everything on a pretend organisation that lives on this computer. No password, nothing real, nothing that can break.",
  "welcome.practiseButton": "Start practising",
  "welcome.practiseStarting": "Preparing the pretend organisation",
  "welcome.doors": "Or begin for real",
  "welcome.organisationTitle": "Set up my organisation",
  "welcome.organisationSentence":
    "For admins: connect a product for everyone, or look after what is connected.",
  "welcome.accountTitle": "My own account",
  "welcome.accountSentence":
    "Sign in to see your account, your organisation and your role. Nothing is changed.",
  "welcome.promise":
    "Gatehouse changes nothing before you have seen the plan, and it can take back what it did.",
} as const;
