import type { IDataObject, IBinaryData } from 'n8n-workflow';

import { endingOf, fileType } from '../../shared/message/fileType';
import type { Item } from '../../shared/operation/item';
import type { AccountClient } from '../transport/client';
import type { NamedLabels } from './labels';
import { findLabels } from './labels';

/** A file that is kept by the server for another call to use (`uploadFile`). */
export interface Upload {
	file_url: string;
	/** Signed; goes where an upload is asked for. */
	blob_id: string;
}

/** Stores a file of the item's binary data: `POST /upload`, 60 an hour and account. */
export async function uploadBinary(account: AccountClient, item: Item, field: string): Promise<Upload> {
	const { blob, fileName } = await binaryFile(item, field);
	const form = new FormData();
	form.append('attachment', blob, fileName);
	return await account.send<Upload>({ method: 'POST', path: '/upload', form });
}

/** Lets the server fetch an image or a video and store it. */
export async function uploadFromUrl(account: AccountClient, url: string): Promise<Upload> {
	return await account.post<Upload>('/upload', { external_url: url });
}

/** An action of a macro or rule as its form has it; a file is uploaded only when the record is sent. */
export interface FormAction {
	action_name: string;
	action_params: Array<string | number | IDataObject>;
	/** Name of the input field with the file. */
	file?: string;
	/** Labels to look up. */
	labels?: NamedLabels;
}

/** Puts in what only the server knows: the titles of labels, and the upload IDs of files, which are uploaded last. */
export async function completeActions(actions: FormAction[], account: AccountClient, item: Item): Promise<Array<Omit<FormAction, 'file' | 'labels'>>> {
	const titled: Array<Omit<FormAction, 'labels'>> = [];
	for (const { labels, ...action } of actions) titled.push(labels ? { ...action, action_params: (await findLabels(account, labels)).titles } : action);
	const done: Array<Omit<FormAction, 'file' | 'labels'>> = [];
	for (const { file, ...action } of titled) {
		done.push(file === undefined ? action : { ...action, action_params: [(await uploadBinary(account, item, file)).blob_id] });
	}
	return done;
}

/** A file of the item's binary data, ready for a multipart body. */
export async function binaryFile(item: Item, field: string): Promise<{ blob: Blob; fileName: string; data: IBinaryData }> {
	const { context, index } = item;
	const data = context.helpers.assertBinaryData(index, field);
	const buffer = await context.helpers.getBinaryDataBuffer(index, field);
	return {
		blob: new Blob([new Uint8Array(buffer)], { type: fileType(data.mimeType, data.fileName, buffer) }),
		fileName: data.fileName ?? `file${data.fileExtension ? `.${data.fileExtension}` : endingOf(fileType(data.mimeType, data.fileName, buffer))}`,
		data,
	};
}
