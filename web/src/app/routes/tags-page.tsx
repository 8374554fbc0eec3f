import { TagList } from "@/features/inbox/components/tag-list";
import classes from "./tags-page.module.css";

export function TagsPage() {
  return (
    <main className={classes.page}>
      <TagList />
    </main>
  );
}
