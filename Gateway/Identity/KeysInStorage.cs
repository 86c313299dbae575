using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OrleansChat.Hooks;
using OrleansChat.Storage;

namespace OrleansChat.Gateway.Identity;

/// <summary>
/// The keys that protect tokens lie in storage, so that every node takes every node's tokens. The framework asks for
/// them at start and about once a day, and waits for the answer.
/// </summary>
public sealed class KeysInStorage(IStorage storage) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(storage.ReadKeys).GetAwaiter().GetResult().Select(xml => XElement.Parse(xml)).Where(element => element.Name != HookKeys.Element)];

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => storage.AddKey(friendlyName, element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();
}
