// The places in the core's view that this chunk fills: Slot of widget/view/view.h.
export const SLOT = { notice: 1, topic: 2, pictures: 3, mine: 4 };
