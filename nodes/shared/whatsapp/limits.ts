/** Characters, as WhatsApp's Cloud API has them; what is longer is refused there after the send call has answered. */
export const limits = {
	/** A text message. */
	text: 4096,
	/** The text below an image, a video or a document. */
	caption: 1024,
	/** The text of a message with options. */
	interactiveText: 1024,
	/** The text of a template with its values filled in. */
	templateBody: 1024,
	/** The header of a template with its values filled in. */
	templateHeader: 60,
	/** One value of a template. */
	templateValue: 1000,
	/** A code to copy, and the code of an authentication template. */
	code: 15,
	address: 2000,
	options: 10,
	/** Up to this many options are buttons, more are a list. */
	buttons: 3,
	buttonTitle: 20,
	rowTitle: 24,
} as const;
