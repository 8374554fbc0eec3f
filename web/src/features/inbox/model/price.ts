import type { components } from "@/api/schema";
import { formatMoney } from "@/lib/format";

type Listing = components["schemas"]["ListingRead"];

/** As the channel writes it ("от 96 000 ₽"), else from the amount. */
export function priceText(listing: Listing): string | null {
  if (listing.price_text) return listing.price_text.replaceAll(" ", "\u00a0");
  if (listing.price_minor === null) return null;
  return formatMoney(listing.price_minor, listing.currency);
}
