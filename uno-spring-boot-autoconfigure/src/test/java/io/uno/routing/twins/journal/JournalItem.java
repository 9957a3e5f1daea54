package io.uno.routing.twins.journal;

import java.util.ArrayList;
import java.util.List;

import io.uno.routing.twins.Item;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;

@Entity
@Table(name = "item")
public class JournalItem extends Item {

	@ElementCollection
	@CollectionTable(name = "item_tag", joinColumns = @JoinColumn(name = "item_id"))
	@Column(name = "tag")
	private List<String> tags = new ArrayList<>();

	@ManyToOne(fetch = FetchType.LAZY)
	private JournalItem parent;

	@OneToMany(mappedBy = "parent")
	private List<JournalItem> children = new ArrayList<>();

	@Override
	public List<String> getTags() {
		return this.tags;
	}

	@Override
	public Item getParent() {
		return this.parent;
	}

	@Override
	public List<JournalItem> getChildren() {
		return this.children;
	}

}
